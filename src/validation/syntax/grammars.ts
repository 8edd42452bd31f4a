import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { checkBy } from './check-grammar.ts';
import { type Grammar, rewrite } from './grammar.ts';
import { withoutDirectives } from './preprocessor.ts';
import { openBlock } from './ruby-blocks.ts';

const brackets = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const;

const java: Grammar = {
  wasm: 'tree-sitter-java/tree-sitter-java.wasm',
  pairs: brackets,
  exact: true,
  prepare: rewrite(
    [/module(?<=^[ \t]*import\s+module)(?=\s+[\w.]+\s*;)/gm],
    [/_(?<=\b0_)(?=[0-7])/g, '0'],
    [/super(?<=[;}]\s*super)(?=\s*\()/g, 's'], // statements before the constructor's call
    [/,(?<=\bcase\s+[\w.]{1,99}\([^()]{0,99}\)\s*,)\s*[\w.]+\([^()]*\)(?:,\s*[\w.]+\([^()]*\))*/g],
  ),
};

const go: Grammar = { wasm: 'tree-sitter-go/tree-sitter-go.wasm', pairs: brackets, exact: true };

const rust: Grammar = {
  wasm: 'tree-sitter-rust/tree-sitter-rust.wasm',
  pairs: brackets,
  exact: true,
  multilineStrings: true,
  prepare: rewrite(
    [/\bunsafe(?=\s+extern\s+"[^"\n]*"\s*\{)/g],
    [/\bsafe(?=\s+(?:fn|static)\b)/g],
    [/\.\.(?=\s*\}\s*=[^=>])/g], // an assignment that takes a struct apart
  ),
  doubts: /\btrait\s+\w+\s*=|\b(?:gen|yield|do yeet|macro)\b/,
};

const ruby: Grammar = {
  wasm: 'tree-sitter-ruby/tree-sitter-ruby.wasm',
  pairs: [...brackets, ['#{', '}']],
  exact: true,
  multilineStrings: true,
  unreadable: /#\{[^}\n]{0,99}<<[~-]/, // a here-document inside of another
  prepare: rewrite([/ (?<=^[ \t]*def [\w.]{1,99}[?!]?(?:\(.{0,99}\))? = [a-z]\w* )(?=["':\w@[])/gm, ';']), // def f = puts "x"
  openBlock,
  misread: { words: new Set(['end']), type: 'identifier', parents: /^(?:program|body_statement|then)$/ },
  doubts: /\bdef\s+[\w.]+[?!]?(?:\(.*\))?\s*=\s|\bcase\b.*\bin\b|\s\/\S|<<[~-]?["'`]?[A-Z]/,
};

const php: Grammar = {
  wasm: 'tree-sitter-php/tree-sitter-php.wasm',
  pairs: [...brackets, ['#[', ']'], ['${', '}']],
  exact: true,
  multilineStrings: true,
  prepare: rewrite(
    [/\b(?:public|protected|private)\(set\)(?<=\b(?:public|protected|private|readonly)\s+\w{6,9}\(set\))/g],
    [/(?<=\b__halt_compiler\s*\(\s*\)\s*;)[\s\S]*$/g],
  ),
};

/** Macros look like calls, types and statements, and a grammar that does not expand them cannot know. */
const macro = /\b[A-Z_][A-Z0-9_]{2,}\b|\b__\w+|\b[Qq]_\w+|##|,\s*\.\w+\s*=/;

/** Keywords and assignments that no macro begins with. */
const statement =
  /^\s*(?:return|break|continue|goto|throw|int|char|long|double|float|auto|std|f?printf|puts|scanf|free|mem\w+|str\w+)\b|^[^(]*[\w\])]\s*=[^=]/;

const newerC = rewrite([/\b_Thread_local\b/g]);

const newerCpp = rewrite(
  [/^[ \t]*(?:export\s+)?(?:module|import)\b[^;{}()\n]*;/gm],
  [/\bexport\b/g],
  [/\b(?:extern\s+)?template\s+(?:class|struct)\s+[^;{}]{1,299};/g],
  [/\bconsteval\b(?<=\bif !?\s?consteval)/g, '(1)'],
  [/=(?<=:\s?\d{1,3}\s?=)[^;,{}]+(?=;)/g], // a bit field's first value
  [/->\*/g, '->'],
  [/\.\.\.(?<=\busing\s[\w:]{1,99}(?:\(\))?\.\.\.)(?=\s*[;,])/g],
  [/\bthis(?<=\(\s*this)(?=\s+(?:const\s+)?[A-Za-z_]\w*\s*&)/g],
);

const c: Grammar = {
  wasm: 'tree-sitter-c/tree-sitter-c.wasm',
  pairs: [...brackets, ['[[', ']]']],
  exact: false,
  prepare: (content) => newerC(withoutDirectives(content, false)),
  doubts: macro,
  statement,
};

const cpp: Grammar = {
  ...c,
  wasm: 'tree-sitter-cpp/tree-sitter-cpp.wasm',
  prepare: (content) => newerCpp(withoutDirectives(content, true)),
};

const bash: Grammar = {
  wasm: 'tree-sitter-bash/tree-sitter-bash.wasm',
  exact: false,
  multilineStrings: true,
  // not `)`: it ends a case's pattern as well
  pairs: [
    ['{', '}'],
    ['${', '}'],
    ['if', 'fi'],
    ['do', 'done'],
    ['case', 'esac'],
  ],
  misread: {
    words: new Set(['fi', 'done', 'esac', 'then', 'else', 'elif', '}']),
    type: 'command_name',
    parents: /^command$/,
  },
  doubts: /<>|!\(|\bin\s*;|<<.*<</,
};

export const checkJava = checkBy(java);
export const checkGo = checkBy(go);
export const checkRust = checkBy(rust);
export const checkRuby = checkBy(ruby);
export const checkPhp = checkBy(php);
export const checkCpp = checkBy(cpp);

const asC = checkBy(c);
const asBash = checkBy(bash);

/** A header may be either's. */
export const checkC = (file: ProjectFile): Promise<Finding[]> =>
  /\.h$/i.test(file.path) && isCpp.test(file.content) ? checkCpp(file) : asC(file);

const isCpp = /^[ \t]*(?:class|namespace|template|using|public:|private:)\b|\bstd::|\bconstexpr\b/m;

/** zsh and fish go by the same language, and have grammars of their own. */
export const checkBash = async (file: ProjectFile): Promise<Finding[]> =>
  /\.(?:zsh|fish|ksh)$|(?:^|\/)\.zshrc$/.test(file.path) || /^#!.*\b(?:zsh|fish|ksh)\b/.test(file.content)
    ? []
    : asBash(file);
