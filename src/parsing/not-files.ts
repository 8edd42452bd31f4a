import { isBlank } from './lines.ts';

const commands =
  'export\\s+\\w+=\\S* set\\s+\\w+=\\S* go\\s+(?:run|build|test|mod|get|install|fmt|vet|generate|work) npm npx yarn pnpm bun pip pip3 pipx python python3 py node deno cd ls mkdir touch rm cp mv cat source git docker docker-compose kubectl helm terraform aws gcloud az curl wget brew apt apt-get sudo yum dnf apk cargo rustup rustc gcc g\\+\\+ clang make cmake ctest mvn gradle ./gradlew ./mvnw java javac kotlinc dotnet nuget php composer artisan ruby gem bundle rails rake rspec mix iex elixir swift swiftc flutter dart tsc ts-node tsx jest vitest pytest tox poetry uv uvicorn gunicorn flask django-admin conda mamba virtualenv chmod chown ssh scp tar unzip psql mysql sqlite3 redis-cli createdb react-native eslint prettier black ruff mypy streamlit jupyter vim setx choco winget scoop Set-ExecutionPolicy Invoke-WebRequest systemctl heroku vercel netlify firebase ollama cabal ghc sbt scala lein opam dune zig nim julia Rscript perl lua luarocks bash sh zsh ./\\S+ \\.\\\\\\S+'
    .split(' ')
    .join('|');
const command = new RegExp(
  `^\\s*(?:\\$|>|%|PS [^>]*>|\\(.{1,20}\\)\\s*\\$|[\\w.-]+@[\\w.-]+[:~][^$#]*[$#])?\\s*(?:[A-Z_]+=\\S+\\s+)*(?:${commands.replaceAll('./', '\\./')})(?:\\s|$)`,
);

/** Every line a command, a comment, or what continues a command; or the session of an interpreter. */
export function looksLikeShell(lines: readonly string[]): boolean {
  const written = lines.filter((line) => !isBlank(line)).slice(0, 60);
  if (/^\s*(>>> |In \[\d+\]:|irb\()/.test(written[0] ?? '')) return true;
  let continues = false;
  let commandsSeen = 0;
  for (const text of written) {
    const line = text.slice(0, 400);
    const isCommand = command.test(line) || /^\s*(\$|PS [^>]*>)\s+\S/.test(line);
    if (!isCommand && !continues && !/^\s*(#|REM\b|::|\/\/)/i.test(line)) return false;
    if (isCommand) commandsSeen += 1;
    continues = /[\\^`]\s*$|(&&|\|\|?)\s*$/.test(line) || (continues && /^\s+-/.test(line));
  }
  return commandsSeen > 0 && !written.some((line) => /^\s*#!/.test(line.slice(0, 10)));
}

/** A folder tree: branches drawn in lines, or names with slashes one below another. */
export function looksLikeTree(lines: readonly string[]): boolean {
  const written = lines.filter((line) => !isBlank(line)).slice(0, 60);
  const branches = written.filter((line) => /^[\s│|]*(├|└|\|--|`--|\+--)/.test(line.slice(0, 80))).length;
  const folders = written.filter((line) => /^\s*[\w.@-]+\/\s*(#.*)?$/.test(line.slice(0, 200))).length;
  const names = written.filter((line) => /^\s*[\w.@-]+(\/|\.\w+)\s*(#.*|<-.*)?$/.test(line.slice(0, 200))).length;
  return branches * 3 > written.length || (folders > 0 && names === written.length && written.length > 2);
}

/** Boxes and arrows. */
export function looksLikeDiagram(lines: readonly string[]): boolean {
  const written = lines.filter((line) => !isBlank(line)).slice(0, 60);
  const drawn = written.filter((line) =>
    /[─│┌┐└┘┬┴┼▼▲►◄╔═╗║╚╝]|(-->|<--|==>|->)\s*\S|\+-{3,}/.test(line.slice(0, 200)),
  ).length;
  return written.some((line) => /[─│┌┐└┘▼▲►◄╔═║]|\+-{3,}\+/.test(line.slice(0, 200))) && drawn * 2 >= written.length;
}

/** Fences whose word says that they show something other than a file. */
export const shownTags: ReadonlySet<string> = new Set(
  'console terminal shell-session sh-session shellsession session output stdout stderr log logs mermaid plantuml dot graphviz ascii tree pycon pytb traceback prompt http math stacktrace error result ansi cli repl example text/plain'.split(
    ' ',
  ),
);

/** What stands above says that a sample follows: output, a response, a usage. */
const sampled =
  /\b(outputs?|prints?|printed|you('ll| will| should| would)( now)? see|sample|expected (result|output|response)|example|e\.g\.|for instance|usage|like (this|so)|response|request body|returns?|result|structure|layout|tree|diagram|hierarchy|flow|snippet|pseudo-?code|syntax|run|test it|instead of|before|currently|explanation|how it works|would look|could|might|alternatively|optional(ly)?|if you (want|prefer|need)|note that)\b/i;

export const announcesSample = (lead: string): boolean => sampled.test(lead);
