import type { ArtifactType } from '../schemas/artifact.ts';
import { languageOf } from './index.ts';

const testFolder = /(^|\/)(tests?|__tests__|specs?|e2e|testing)\//i;
const testName = /(^|\/)(test_[^/]*|[^/]*[._-](test|spec)\.[^/]+|conftest\.py)$/;
const dataFolder = /(^|\/)(fixtures?|data|datasets?|samples?|mocks?|__fixtures__|testdata|snapshots)\//i;
const document =
  /(^|\/)(readme|license|licence|copying|notice|authors|contributing|changelog|code_of_conduct|security)(\.(md|txt|rst|adoc))?$/i;
const settings =
  /(^|\/)(setup\.py|[^/]+\.config\.[cm]?[jt]s|\.[^/]+rc(\.[cm]?js)?|requirements[^/]*\.txt|constraints\.txt|runtime\.txt|robots\.txt|noxfile\.py|build\.gradle(\.kts)?|settings\.gradle(\.kts)?|build\.sbt|gemfile|rakefile|podfile|jenkinsfile|vagrantfile|makefile\.[^/]+)$/i;

/** What a file is for, as a person would tell from its path alone. */
export function artifactTypeOf(path: string): ArtifactType {
  if (document.test(path)) return 'documentation';
  if (settings.test(path)) return 'config';
  const language = languageOf(path);
  const kind = language?.kind ?? (language === null ? 'data' : 'source_code');
  if (kind === 'source_code') return isTest(path, language?.testPaths) ? 'test' : 'source_code';
  return isData(path, kind) ? 'data' : kind;
}

const isTest = (path: string, ofLanguage: RegExp | undefined): boolean =>
  testName.test(path) || (ofLanguage?.test(path) ?? false) || (testFolder.test(path) && !dataFolder.test(path));

/** Settings and texts among data are data, but for what configures a tool wherever it lies. */
const isData = (path: string, kind: ArtifactType): boolean =>
  kind === 'data' || (dataFolder.test(path) && /\.(jsonc?|ya?ml|toml|xml|txt|ini)$/i.test(path) && !isManifest(path));

const isManifest = (path: string): boolean =>
  /(^|\/)(package|tsconfig[^/]*|composer|pom|docker-compose|pyproject)\.[a-z]+$/i.test(path);
