import { checkCss } from '../validation/syntax/css.ts';
import {
  checkBash,
  checkC,
  checkCpp,
  checkGo,
  checkJava,
  checkPhp,
  checkRuby,
  checkRust,
} from '../validation/syntax/grammars.ts';
import { checkHtml } from '../validation/syntax/html.ts';
import { checkToml } from '../validation/syntax/toml.ts';
import { checkXml } from '../validation/syntax/xml.ts';
import { checkYaml } from '../validation/syntax/yaml.ts';
import type { Language } from './language.ts';

type Extra = Omit<Partial<Language>, 'name' | 'extensions' | 'lineComments' | 'blockComments'>;
type Comments = Pick<Language, 'lineComments' | 'blockComments'>;

const slashes: Comments = { lineComments: ['//'], blockComments: [['/*', '*/']] };
const hash: Comments = { lineComments: ['#'] };
const dashes: Comments = { lineComments: ['--'], blockComments: [['/*', '*/']] };
const markup: Comments = { lineComments: [], blockComments: [['<!--', '-->']] };
const block: Comments = { lineComments: [], blockComments: [['/*', '*/']] };
const semicolon: Comments = { lineComments: [';', '#'] };
const percent: Comments = { lineComments: ['%'] };
const none: Comments = { lineComments: [] };

const config: Extra = { kind: 'config' };
const data: Extra = { kind: 'data' };
const documentation: Extra = { kind: 'documentation' };

/** `extensions` separated by spaces, without their dots. */
const language = (name: string, extensions: string, comments: Comments, extra: Extra = {}): Language => ({
  name,
  extensions: extensions === '' ? [] : extensions.split(' ').map((extension) => `.${extension}`),
  ...comments,
  ...extra,
});

/** Languages of which PTC knows names, comments and at most a grammar, a line each. */
export const plain: readonly Language[] = [
  language('java', 'java', slashes, { checkSyntax: checkJava, testPaths: /(Tests?|IT)\.java$/ }),
  language('go', 'go', slashes, { checkSyntax: checkGo, aliases: ['golang'], testPaths: /_test\.go$/ }),
  language('rust', 'rs', slashes, { checkSyntax: checkRust, aliases: ['rs'] }),
  language('ruby', 'rb rake gemspec ru', hash, {
    checkSyntax: checkRuby,
    aliases: ['rb'],
    fileNames: ['Gemfile', 'Rakefile', 'Vagrantfile', 'Podfile', 'Fastfile', 'Guardfile', 'Brewfile'],
    testPaths: /_(spec|test)\.rb$/,
  }),
  language(
    'php',
    'php phtml',
    { lineComments: ['//', '#'], blockComments: [['/*', '*/']] },
    { checkSyntax: checkPhp, testPaths: /Test\.php$/ },
  ),
  language('c', 'c h', slashes, { checkSyntax: checkC }),
  language('cpp', 'cpp cc cxx hpp hh hxx ipp ino', slashes, {
    checkSyntax: checkCpp,
    aliases: ['c++', 'arduino', 'cuda'],
  }),
  language('csharp', 'cs csx', slashes, { aliases: ['c#', 'cs', 'dotnet'], testPaths: /Tests?\.cs$/ }),
  language('fsharp', 'fs fsx fsi', slashes, { aliases: ['f#'] }),
  language('visual-basic', 'vb vbs bas', { lineComments: ["'"] }, { aliases: ['vb', 'vbnet', 'vba', 'vb.net'] }),
  language('kotlin', 'kt kts', slashes, { aliases: ['kt'], testPaths: /Tests?\.kt$/ }),
  language('swift', 'swift', slashes, { testPaths: /Tests?\.swift$/ }),
  language('scala', 'scala sc sbt', slashes, { testPaths: /(Test|Spec|Suite)\.scala$/ }),
  language('groovy', 'groovy gradle', slashes, {
    aliases: ['gradle'],
    fileNames: ['Jenkinsfile'],
    testPaths: /(Test|Spec)\.groovy$/,
  }),
  language('dart', 'dart', slashes, { aliases: ['flutter'], testPaths: /_test\.dart$/ }),
  language('objective-c', 'm mm', slashes, { aliases: ['objc', 'objectivec'] }),
  language('zig', 'zig', slashes),
  language('solidity', 'sol', slashes, { testPaths: /\.t\.sol$/ }),
  language('d', 'd', slashes, { aliases: ['dlang'] }),
  language('glsl', 'glsl vert frag wgsl hlsl', slashes, { aliases: ['wgsl', 'hlsl'] }),
  language('verilog', 'v sv svh', slashes, { aliases: ['systemverilog'] }),
  language('vhdl', 'vhd vhdl', dashes),
  language('assembly', 'asm s', semicolon, { aliases: ['asm', 'nasm'] }),
  language('bash', 'sh bash zsh fish ksh', hash, {
    checkSyntax: checkBash,
    aliases: ['sh', 'shell', 'zsh', 'fish', 'shellscript', 'shell-script', 'ksh'],
    fileNames: ['.bashrc', '.zshrc', '.profile', '.bash_profile', 'gradlew', '.envrc'],
    testPaths: /\.bats$/,
  }),
  language(
    'powershell',
    'ps1 psm1 psd1',
    { lineComments: ['#'], blockComments: [['<#', '#>']] },
    { aliases: ['ps1', 'pwsh', 'ps'], testPaths: /\.Tests\.ps1$/ },
  ),
  language('batch', 'bat cmd', { lineComments: ['REM', 'rem', '::'] }, { aliases: ['bat', 'cmd', 'batchfile', 'dos'] }),
  language('perl', 'pl pm t', hash, { aliases: ['pl'] }),
  language('r', 'r rmd', hash, { aliases: ['rlang', 'rscript'], testPaths: /(^|\/)test-[^/]*\.[rR]$/ }),
  language('julia', 'jl', hash, { aliases: ['jl'] }),
  language('lua', 'lua', { lineComments: ['--'], blockComments: [['--[[', ']]']] }, { testPaths: /_spec\.lua$/ }),
  language('elixir', 'ex exs eex heex leex', hash, { aliases: ['ex', 'exs', 'heex'], testPaths: /_test\.exs$/ }),
  language('erlang', 'erl hrl', percent),
  language(
    'haskell',
    'hs lhs cabal',
    { lineComments: ['--'], blockComments: [['{-', '-}']] },
    { aliases: ['hs'], testPaths: /Spec\.hs$/ },
  ),
  language('elm', 'elm purs', { lineComments: ['--'], blockComments: [['{-', '-}']] }, { aliases: ['purescript'] }),
  language(
    'ocaml',
    'ml mli',
    { lineComments: [], blockComments: [['(*', '*)']] },
    { aliases: ['ml'], fileNames: ['dune', 'dune-project'] },
  ),
  language('clojure', 'clj cljs cljc edn', { lineComments: [';;', ';'] }, { aliases: ['clj', 'clojurescript'] }),
  language(
    'lisp',
    'lisp lsp el scm rkt',
    { lineComments: [';;', ';'] },
    { aliases: ['scheme', 'racket', 'elisp', 'commonlisp'] },
  ),
  language('nim', 'nim nims nimble', hash),
  language('crystal', 'cr', hash),
  language('fortran', 'f90 f95 f03 f', { lineComments: ['!'] }),
  language(
    'pascal',
    'pas dpr',
    {
      lineComments: ['//'],
      blockComments: [
        ['{', '}'],
        ['(*', '*)'],
      ],
    },
    { aliases: ['delphi'] },
  ),
  language('matlab', 'mat', percent, { aliases: ['octave'] }),
  language('prolog', 'pro', percent),
  language('coffeescript', 'coffee', hash, { aliases: ['coffee'] }),
  language('gdscript', 'gd', hash),
  language('sql', 'sql psql', dashes, {
    aliases: ['postgresql', 'postgres', 'mysql', 'sqlite', 'plsql', 'tsql', 'pgsql'],
  }),
  language('prisma', 'prisma', slashes),
  language('graphql', 'graphql gql graphqls', hash, { aliases: ['gql'] }),
  language('protobuf', 'proto', slashes, { aliases: ['proto', 'proto3'] }),
  language('thrift', 'thrift', slashes),
  language('html', 'html htm xhtml', markup, { checkSyntax: checkHtml, aliases: ['htm', 'html5', 'xhtml'] }),
  language(
    'template',
    'j2 jinja jinja2 tmpl tpl hbs handlebars mustache ejs erb twig liquid njk pug jade haml slim cshtml razor jsp',
    markup,
    {
      aliases: [
        'jinja',
        'jinja2',
        'handlebars',
        'ejs',
        'erb',
        'twig',
        'liquid',
        'pug',
        'django',
        'blade',
        'razor',
        'hbs',
      ],
    },
  ),
  language('vue', 'vue', { lineComments: ['//'], blockComments: [['<!--', '-->']] }),
  language('svelte', 'svelte', { lineComments: ['//'], blockComments: [['<!--', '-->']] }),
  language('astro', 'astro', { lineComments: ['//'], blockComments: [['<!--', '-->']] }),
  language('css', 'css pcss', block, { checkSyntax: checkCss, aliases: ['postcss', 'tailwind'] }),
  language('scss', 'scss sass', slashes, { aliases: ['sass'] }),
  language('less', 'less styl', slashes, { aliases: ['stylus'] }),
  language('dockerfile', 'dockerfile', hash, {
    ...config,
    aliases: ['docker', 'containerfile'],
    fileNames: ['Dockerfile', 'Containerfile'],
  }),
  language('makefile', 'mk mak', hash, {
    ...config,
    aliases: ['make', 'mk'],
    fileNames: ['Makefile', 'makefile', 'GNUmakefile'],
  }),
  language('just', 'just', hash, { ...config, fileNames: ['justfile', 'Justfile'] }),
  language('cmake', 'cmake', hash, { ...config, fileNames: ['CMakeLists.txt'] }),
  language('bazel', 'bzl bazel', hash, {
    ...config,
    aliases: ['starlark'],
    fileNames: ['BUILD', 'WORKSPACE', 'BUILD.bazel'],
  }),
  language('meson', '', hash, { ...config, fileNames: ['meson.build'] }),
  language('nix', 'nix', hash, config),
  language(
    'hcl',
    'tf tfvars hcl',
    { lineComments: ['#', '//'], blockComments: [['/*', '*/']] },
    { ...config, aliases: ['terraform', 'tf'] },
  ),
  language('bicep', 'bicep', slashes, config),
  language('yaml', 'yml yaml', hash, {
    ...config,
    checkSyntax: checkYaml,
    aliases: ['yml', 'docker-compose', 'openapi', 'kubernetes', 'k8s'],
    fileNames: ['.clang-format', '.yamllint', 'CITATION.cff'],
  }),
  language('toml', 'toml', hash, {
    ...config,
    checkSyntax: checkToml,
    fileNames: ['Pipfile', 'Cargo.lock', 'poetry.lock', 'uv.lock'],
  }),
  language(
    'ini',
    'ini cfg conf properties service desktop editorconfig',
    { lineComments: ['#', ';'] },
    {
      ...config,
      aliases: ['cfg', 'conf', 'properties', 'editorconfig', 'systemd', 'apache', 'apacheconf'],
      fileNames: [
        '.editorconfig',
        '.npmrc',
        '.gitconfig',
        '.pylintrc',
        '.flake8',
        '.coveragerc',
        '.yarnrc',
        '.nvmrc',
        '.python-version',
        '.tool-versions',
        '.htaccess',
        '.browserslistrc',
      ],
    },
  ),
  language('nginx', 'nginx', hash, { ...config, fileNames: ['nginx.conf'] }),
  language('dotenv', 'env', hash, {
    ...config,
    aliases: ['env', '.env'],
    fileNames: [
      '.env',
      '.env.example',
      '.env.sample',
      '.env.local',
      '.env.development',
      '.env.production',
      '.env.test',
      '.flaskenv',
    ],
  }),
  language('ignore', 'gitignore dockerignore npmignore', hash, {
    ...config,
    aliases: ['gitignore', 'dockerignore', '.gitignore', '.dockerignore'],
    fileNames: [
      '.gitignore',
      '.dockerignore',
      '.npmignore',
      '.eslintignore',
      '.prettierignore',
      '.gitattributes',
      '.gitkeep',
      '.keep',
      '.gitmodules',
      'CODEOWNERS',
      '.mailmap',
    ],
  }),
  language('go-module', '', slashes, {
    ...config,
    aliases: ['gomod', 'go.mod'],
    fileNames: ['go.mod', 'go.sum', 'go.work'],
  }),
  language('procfile', '', hash, { ...config, fileNames: ['Procfile'] }),
  language(
    'xml',
    'xml xsd xsl xslt plist csproj fsproj vbproj sln props targets config nuspec resx xaml storyboard xib wsdl rss pom',
    markup,
    {
      ...config,
      checkSyntax: checkXml,
      aliases: ['xaml', 'xsl', 'xsd', 'pom', 'csproj', 'plist'],
    },
  ),
  language('svg', 'svg', markup, { ...data, checkSyntax: checkXml }),
  language('csv', 'csv tsv', none, { ...data, aliases: ['tsv'] }),
  language('jsonl', 'jsonl ndjson geojson', none, { ...data, aliases: ['ndjson', 'jsonlines'] }),
  language('notebook', 'ipynb', none, { aliases: ['ipynb', 'jupyter'] }),
  language('markdown', 'md markdown mdx mdc', markup, {
    ...documentation,
    aliases: ['md', 'mdx', 'gfm', 'commonmark', 'readme'],
    fileNames: ['README', 'CHANGELOG', 'CONTRIBUTING'],
  }),
  language('restructuredtext', 'rst', { lineComments: ['..'] }, { ...documentation, aliases: ['rst', 'rest'] }),
  language('asciidoc', 'adoc asciidoc', slashes, { ...documentation, aliases: ['adoc'] }),
  language('latex', 'tex bib sty cls', percent, { ...documentation, aliases: ['tex', 'bibtex'] }),
  language('text', 'txt text', hash, {
    ...documentation,
    aliases: [
      'txt',
      'plaintext',
      'plain',
      'plain-text',
      'raw',
      'none',
      'output',
      'log',
      'requirements',
      'pip-requirements',
    ],
    fileNames: ['LICENSE', 'LICENCE', 'COPYING', 'NOTICE', 'AUTHORS', 'VERSION', 'INSTALL', 'MANIFEST.in', 'py.typed'],
  }),
];
