import { describe, expect, it } from 'vitest';
import { languageNamed, languageOf, languages } from '../../../src/languages/index.ts';

describe('languages', () => {
  it('have names, extensions and file names that no other language claims', () => {
    const claims = (of: (language: (typeof languages)[number]) => readonly string[]) => languages.flatMap(of);
    for (const list of [
      claims((language) => [language.name]),
      claims((language) => language.extensions),
      claims((language) => language.fileNames ?? []),
    ]) {
      expect(list.filter((word, index) => list.indexOf(word) !== index)).toEqual([]);
    }
  });

  it('have extensions in lower case that begin with a dot', () => {
    for (const extension of languages.flatMap((language) => language.extensions))
      expect(extension).toMatch(/^\.[a-z0-9]+$/);
  });

  it.each([
    ['src/app.py', 'python'],
    ['web/App.tsx', 'typescript'],
    ['lib/index.mjs', 'javascript'],
    ['main.go', 'go'],
    ['src/lib.rs', 'rust'],
    ['Gemfile', 'ruby'],
    ['app/Kernel.php', 'php'],
    ['a.h', 'c'],
    ['a.hpp', 'cpp'],
    ['Program.cs', 'csharp'],
    ['build.gradle.kts', 'kotlin'],
    ['Dockerfile', 'dockerfile'],
    ['deploy/Dockerfile.dev', 'dockerfile'],
    ['CMakeLists.txt', 'cmake'],
    ['requirements.txt', 'text'],
    ['go.mod', 'go-module'],
    ['.gitignore', 'ignore'],
    ['.env.staging', 'dotenv'],
    ['.github/workflows/ci.yml', 'yaml'],
    ['schema.graphql', 'graphql'],
    ['api.proto', 'protobuf'],
    ['infra/main.tf', 'hcl'],
    ['run.ps1', 'powershell'],
    ['page.vue', 'vue'],
    ['README.MD', 'markdown'],
    ['LICENSE', 'text'],
  ])('%s is %s', (path, name) => {
    expect(languageOf(path)?.name).toBe(name);
  });

  it.each(['bin/run', 'photo.png', 'src/', '', '.'])('"%s" has no language', (path) => {
    expect(languageOf(path)).toBeNull();
  });

  it.each([
    ['py', 'python'],
    ['Python3', 'python'],
    ['TSX', 'typescript'],
    ['c++', 'cpp'],
    ['C#', 'csharp'],
    ['shell', 'bash'],
    ['yml', 'yaml'],
    ['Dockerfile', 'dockerfile'],
    ['plaintext', 'text'],
    ['rs', 'rust'],
  ])('a fence tagged %s holds %s', (word, name) => {
    expect(languageNamed(word)?.name).toBe(name);
  });

  it('knows no language by a word that is none', () => {
    expect(languageNamed('output-of-the-test')).toBeNull();
    expect(languageNamed('')).toBeNull();
  });
});
