import { describe, expect, it } from 'vitest';
import { artifactTypeOf } from '../../../src/languages/artifact-type.ts';

const expected: Record<ReturnType<typeof artifactTypeOf>, string[]> = {
  source_code: [
    'src/app.py',
    'main.go',
    'src/data/rates.ts',
    'scripts/deploy.sh',
    'styles/site.css',
    'db/001_init.sql',
    'bin/tool.js',
    'src/testing.py',
    'src/contest.js',
    'page.html',
  ],
  test: [
    'tests/test_app.py',
    'test_app.py',
    'app_test.py',
    'conftest.py',
    'tests/conftest.py',
    'tests/__init__.py',
    'src/app.test.ts',
    'src/app.spec.js',
    'test/app.js',
    'pkg/add_test.go',
    'src/test/java/com/shop/CartTest.java',
    'CartTest.java',
    'spec/cart_spec.rb',
    'tests/CartTest.php',
    'tests/parsing.rs',
    '__tests__/cart.jsx',
    'widget_test.dart',
  ],
  config: [
    'package.json',
    'tsconfig.json',
    'pyproject.toml',
    'Cargo.toml',
    'docker-compose.yml',
    '.github/workflows/ci.yml',
    'requirements.txt',
    'requirements-dev.txt',
    'setup.py',
    'setup.cfg',
    'vite.config.ts',
    'jest.config.js',
    '.eslintrc.cjs',
    'Dockerfile',
    'Makefile',
    'CMakeLists.txt',
    'go.mod',
    '.env.example',
    '.gitignore',
    'pom.xml',
    'build.gradle',
    'tests/package.json',
    'infra/main.tf',
    'nginx.conf',
  ],
  documentation: [
    'README.md',
    'README',
    'docs/guide.md',
    'docs/index.rst',
    'LICENSE',
    'CHANGELOG.md',
    'notes.txt',
    'data/README.md',
    'tests/README.md',
  ],
  data: [
    'data/users.csv',
    'rates.tsv',
    'fixtures/users.json',
    'tests/fixtures/order.yaml',
    'data/menu.json',
    'logo.svg',
    'events.jsonl',
    'assets/photo.png',
  ],
};

describe('the type of an artifact', () => {
  for (const [type, paths] of Object.entries(expected)) {
    it.each(paths)(`is ${type} for %s`, (path) => {
      expect(artifactTypeOf(path)).toBe(type);
    });
  }
});
