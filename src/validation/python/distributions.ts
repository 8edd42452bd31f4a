/** What to install for a module whose package has another name. */
const named: Readonly<Record<string, string>> = {
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  cv2: 'opencv-python',
  dateutil: 'python-dateutil',
  discord: 'discord.py',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  fitz: 'PyMuPDF',
  flask_cors: 'Flask-Cors',
  flask_sqlalchemy: 'Flask-SQLAlchemy',
  git: 'GitPython',
  github: 'PyGithub',
  google: 'google-cloud',
  gi: 'PyGObject',
  grpc: 'grpcio',
  igraph: 'python-igraph',
  jose: 'python-jose',
  jwt: 'PyJWT',
  kafka: 'kafka-python',
  ldap: 'python-ldap',
  Levenshtein: 'python-Levenshtein',
  magic: 'python-magic',
  markdown: 'Markdown',
  multipart: 'python-multipart',
  MySQLdb: 'mysqlclient',
  nacl: 'PyNaCl',
  OpenSSL: 'pyOpenSSL',
  PIL: 'Pillow',
  pkg_resources: 'setuptools',
  pptx: 'python-pptx',
  psycopg2: 'psycopg2-binary',
  pythonjsonlogger: 'python-json-logger',
  rest_framework: 'djangorestframework',
  ruamel: 'ruamel.yaml',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  socketio: 'python-socketio',
  telegram: 'python-telegram-bot',
  usb: 'pyusb',
  websocket: 'websocket-client',
  win32api: 'pywin32',
  win32com: 'pywin32',
  wx: 'wxPython',
  yaml: 'PyYAML',
  zmq: 'pyzmq',
};

/** Packages that many projects have a folder or module named for, as `alembic/` and `celery.py`. */
const oftenShadowed = new Set(
  `aiohttp airflow alembic ansible apscheduler boto3 celery chainlit click cryptography dash dask discord django docker
  elasticsearch faker fastapi flask gradio graphene grpc gunicorn httpx huey jinja2 jsonschema jupyter kafka keras
  kubernetes langchain locust loguru marshmallow matplotlib mcp minio mlflow mongoengine numpy openai pandas peewee
  plotly prefect prometheus_client pydantic pygame pymongo pyspark pytest rabbitmq redis requests rich rq scipy scrapy
  seaborn selenium sentry_sdk sqlalchemy sqlmodel starlette streamlit stripe tensorflow torch tornado tqdm transformers
  typer uvicorn websockets werkzeug wtforms`.split(/\s+/),
);

/** The package to declare for a top-level module. */
export const distributionOf = (module: string): string => named[module] ?? module.replaceAll('_', '-');

/** A name that may mean a published package even where the project has a module of that name. */
export const isWellKnown = (module: string): boolean => module in named || oftenShadowed.has(module);

/** Compares names as package indexes do: case, `-`, `_` and `.` make no difference. */
export const normalized = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
