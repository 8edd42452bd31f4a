/** What the words around a name say of its content. */
export type Verb = 'create' | 'edit' | 'show' | 'run' | 'none';

/** A path for a block, and why. */
export interface Name {
  path: string;
  /** As `heading`, `info string`, `first-line comment`. */
  evidence: string;
  /** How sure, 0 to 1. */
  confidence: number;
  /** Said of this block alone: a sentence that mentions a path in passing is not. */
  strong: boolean;
  verb: Verb;
  /** Lines at the start of the content that only name it. */
  labelLines?: number;
  /** It points to some lines of the file. */
  excerpt?: boolean;
  /** The content is to be added to the file, or to take the place of some of it. */
  part?: 'append' | 'replacement';
}

const created =
  /\b(creat\w*|(new|second|third|another|separate) (\w+ )?(files?|modules?|class(es)?|components?|scripts?|tests?)|sav(e|ed|ing)|writ(e|es|ing)|put|plac(e|ing)|paste|named?|call(ed)?|contents?|full|complete|entire|whole|implement\w*|final|here('s| is| are)|below is|goes into|generat\w*|defin\w+|updated|revised|refactored|corrected|fixed|rewrit\w+|start with|looks? as follows)\b|创建|新建|完整/i;
const shown =
  /\b(currently|existing|originally|original|your (current|code|file)|you (currently |already )?ha(ve|d)|already (have|has|there|in)|problem\w*|issues?|bugs?|wrong|fails?|failing|instead of|before|old|previous(ly)?|your \S+ (looks|has|is)|was|were|for reference|excerpt|notice|recall|caused|culprit|relevant|example of|for example|e\.g\.)\b/i;
const edited =
  /\b(updat(e|es|ing)|modif\w+|chang(e|es|ed|ing)|edit\w*|add(s|ing|ed)?|append\w*|insert\w*|replac\w+|imports?|remov\w+|extend\w*|adjust\w*|fix(es|ing)?|register\w*|includ(e|es|ing)|make sure|ensure|patch|tweak\w*|inside|wrap\w*|diff)\b/i;
const ran =
  /\b(run(s|ning)?|execut\w+|launch\w*|install\w*|invok\w+|compil\w+|outputs?|prints?|printed|result(s|ing)?|respon(se|ds)|usage|test it|try it|use it|you('ll| will| should) see|terminal|command( line)?|console|log)\b/i;

/** What a sentence does with a file; paths and quoted words are not its own. */
export function verbOf(text: string): Verb {
  const words = text
    .slice(-600)
    .replace(/`[^`]*`|\S*[./]\w\S*/g, ' ')
    .slice(-300);
  if (created.test(words)) return shown.test(words) && !/\b(new|creat\w+|save)\b/i.test(words) ? 'show' : 'create';
  if (shown.test(words)) return 'show';
  if (edited.test(words)) return 'edit';
  return ran.test(words) ? 'run' : 'none';
}
