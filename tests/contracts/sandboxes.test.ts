import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../src/sandboxes/index.ts';
import {
  type CommandResult,
  type OpenRequest,
  type SandboxCommand,
  SandboxError,
  type SandboxProvider,
} from '../../src/sandboxes/sandbox.ts';

const MiB = 1024 * 1024;
const never = new AbortController().signal;

/** Providers under test, each with the limits that the suite runs into. */
const providers: SandboxProvider[] = [
  createSandbox('local', {
    limits: {
      memoryBytes: 128 * MiB,
      diskBytes: 8 * MiB,
      fileBytes: 4 * MiB,
      processes: 48,
      cpuSeconds: 2,
      outputBytes: 256 * 1024,
      keptBytes: 4096,
      reportBytes: 1024,
    },
  }),
];

describe.each(providers)('the $name sandbox', (provider) => {
  const open = (request: Partial<OpenRequest> = {}) =>
    provider.open({ files: [], toolchains: ['python'], label: 'contract', signal: never, ...request });

  async function run(argv: string[], command: Partial<SandboxCommand> = {}): Promise<CommandResult> {
    await using sandbox = await open();
    return await sandbox.run({ argv, timeoutMs: 20_000, ...command }, never);
  }
  const shell = (script: string, command?: Partial<SandboxCommand>) => run(['sh', '-c', script], command);
  const python = (script: string, command?: Partial<SandboxCommand>) => run(['python3', '-c', script], command);

  it('can start, and says so', async () => {
    expect(await provider.problems()).toEqual([]);
  });

  describe('commands', () => {
    it('run among the given files', async () => {
      const files = [
        { path: 'a/b/deep.txt', content: 'deep ünïcode' },
        { path: 'bytes', content: new Uint8Array([0, 255, 10]) },
        { path: 'empty', content: '' },
      ];
      await using sandbox = await open({ files });
      const { stdout } = await sandbox.run(
        { argv: ['sh', '-c', 'cat a/b/deep.txt; echo; wc -c bytes empty'], timeoutMs: 5000 },
        never,
      );
      expect(stdout).toMatch(/^deep ünïcode\s+3 bytes\s+0 empty/);
    });

    it('have their exit code, both outputs and their duration told', async () => {
      const result = await shell('echo out; echo err >&2; exit 3');
      expect(result).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', limit: null });
      expect(result.durationMs).toBeGreaterThan(0);
    });

    it('have a signal told as a shell would', async () => {
      expect((await shell('kill -SEGV $$')).exitCode).toBe(128 + 11);
    });

    it('see their own variables and none of the worker', async () => {
      process.env['PTC_TEST_SECRET'] = 'sk-very-secret';
      const { stdout } = await shell('env; cat /proc/*/environ | tr "\\0" "\\n"', { env: { OWN: 'mine' } });
      expect(stdout).toContain('OWN=mine');
      expect(stdout).not.toContain('sk-very-secret');
    });

    it('read what the runner brings and cannot change it', async () => {
      const support = [{ path: 'lib/tool.txt', content: 'a tool' }];
      const { stdout, exitCode } = await shell('cat /support/lib/tool.txt; echo x >/support/lib/tool.txt', { support });
      expect([stdout, exitCode === 0]).toEqual(['a tool', false]);
    });

    it('that do not exist are failures of the command, not of the sandbox', async () => {
      expect((await run(['no-such-program'])).exitCode).toBe(127);
    });

    it.each([
      ['node', 'v24.'],
      ['python', 'Python 3.'],
      ['python3', 'Python 3.'],
    ])('find %s', async (name, version) => {
      await using sandbox = await open({ toolchains: ['node', 'python'] });
      expect((await sandbox.run({ argv: [name, '--version'], timeoutMs: 5000 }, never)).stdout).toContain(version);
    });

    it('reach servers of their own on localhost', async () => {
      const script = `
import http.server, threading, urllib.request
server = http.server.HTTPServer(("localhost", 0), http.server.SimpleHTTPRequestHandler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(urllib.request.urlopen(f"http://localhost:{server.server_port}/").status)`;
      expect((await python(script)).stdout).toBe('200\n');
    });
  });

  describe('the report', () => {
    it('is what the command wrote, and new for each command', async () => {
      await using sandbox = await open();
      const write = (text: string) =>
        sandbox.run({ argv: ['sh', '-c', `printf ${text} >>/out/report`], timeoutMs: 5000 }, never);
      expect([(await write('one')).report, (await write('two')).report]).toEqual(['one', 'two']);
    });

    it('is cut at its limit', async () => {
      expect((await shell('head -c 100000 /dev/zero | tr "\\0" x >/out/report')).report).toBe('x'.repeat(1024));
    });

    it('can be neither replaced by a link nor closed to its reader', async () => {
      const { report } = await shell(
        'printf kept >/out/report; rm -f /out/report; ln -sf /etc/passwd /out/report; chmod 000 /out/report',
      );
      expect(report).toBe('kept');
    });
  });

  describe('hostile code', () => {
    it.each(['/root', '/home', '/etc/shadow', '/var', '/run', process.cwd()])('cannot read %s', async (path) => {
      expect(await shell(`ls ${path}`)).toMatchObject({ stdout: '', exitCode: 2 });
    });

    it('can write to its project and /tmp only', async () => {
      const places = [
        '/x',
        '/usr/x',
        '/etc/x',
        '/dev/x',
        '/opt/x',
        '/opt/bin/x',
        '/opt/python/x',
        '/out/x',
        '/src/x',
        '/support/x',
      ];
      const { stdout } = await shell(
        `for f in ${places.join(' ')} /tmp/x x; do (echo >$f) 2>/dev/null && echo $f; done`,
      );
      expect(stdout).toBe('/tmp/x\nx\n');
    });

    it('reaches no network, neither the host nor beyond', async () => {
      await using server = createServer((socket) => socket.end('reached')).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const script = `
import socket
for address in [("127.0.0.1", ${port}), ("1.1.1.1", 53), ("example.com", 80)]:
    try: print(socket.create_connection(address, timeout=2).recv(10))
    except OSError as error: print("refused")`;
      expect((await python(script)).stdout).toBe('refused\nrefused\nrefused\n');
    });

    it('has no root, no capability, and no way to get one', async () => {
      const { stdout } = await shell(
        'id -u; grep -E "CapEff|CapBnd|NoNewPrivs" /proc/self/status; unshare -Ur true || echo no namespace',
      );
      expect(stdout).not.toMatch(/^0$/m);
      expect(stdout).toMatch(/CapEff:\t0+\nCapBnd:\t0+\nNoNewPrivs:\t1\nno namespace/);
    });

    it('sees no process but its own', async () => {
      const { stdout } = await shell('ls /proc | grep -c "^[0-9]"');
      expect(Number(stdout)).toBeLessThan(8);
    });

    it('is stopped by the limit on processes when it forks without end', async () => {
      const script = `
import os, time
made = 0
try:
    while True:
        if os.fork() == 0: time.sleep(60); os._exit(0)
        made += 1
except OSError: print(made)`;
      const { stdout, durationMs } = await python(script);
      expect(Number(stdout)).toBeGreaterThan(0);
      expect(Number(stdout)).toBeLessThan(48);
      expect(durationMs).toBeLessThan(15_000); // the children, still asleep, ended with it
    });

    it('is stopped at the memory limit', async () => {
      expect(await python('kept = []\nwhile True: kept.append(b"x" * 1000000)')).toMatchObject({
        exitCode: 137,
        limit: 'memory',
      });
    });

    it('is stopped at the memory limit when its children share the load', async () => {
      const child = 'kept = [b\\"x\\" * 1000000 for _ in range(60)]; import time; time.sleep(15)';
      const result = await shell(`for i in 1 2 3 4; do python3 -c "${child}" & done; wait`);
      expect(result.limit).toBe('memory');
    });

    it.each(['/project', '/tmp', '/dev/shm'])('cannot fill the disk through many files in %s', async (folder) => {
      const { stdout } = await shell(
        `for i in 1 2 3 4 5; do head -c 3000000 /dev/zero >${folder}/$i || exit; echo $i; done 2>/dev/null`,
      );
      expect(stdout).toBe('1\n2\n');
    });

    it('cannot write a file beyond the limit for one file, the report included', async () => {
      const { stderr } = await python('open("/out/report", "wb").write(b"x" * 5_000_000)');
      expect(stderr).toContain('File too large');
    });

    it('is stopped when it prints without end, beginning and end kept', async () => {
      const result = await shell('echo first; yes');
      expect(result.limit).toBe('output');
      expect(result.stdout).toMatch(/^first\n(y\n)+\n\[\.\.\. \d+ bytes cut \.\.\.\]\n/);
      expect(result.stdout.length).toBeLessThan(5000);
    });

    it('is stopped at the time limit, deaf to signals or not', async () => {
      const result = await shell('trap "" TERM INT; echo begun; while :; do sleep 1; done', { timeoutMs: 700 });
      expect(result).toMatchObject({ exitCode: 137, limit: 'time', stdout: 'begun\n' });
      expect(result.durationMs).toBeLessThan(5000);
    });

    it('is stopped when its CPU time is used up', async () => {
      expect((await shell('while :; do :; done')).limit).toBe('cpu');
    });

    it('leaves no process behind that holds on to its output', async () => {
      const { stdout, durationMs } = await shell('setsid sh -c "sleep 60 & sleep 60" & echo done');
      expect(stdout).toBe('done\n');
      expect(durationMs).toBeLessThan(10_000);
    });

    it('does not change the files that the next command sees in a sandbox of its own', async () => {
      const files = [{ path: 'a.txt', content: 'as given' }];
      await using one = await open({ files });
      await using other = await open({ files });
      await one.run({ argv: ['sh', '-c', 'echo changed >a.txt'], timeoutMs: 5000 }, never);
      expect((await other.run({ argv: ['cat', 'a.txt'], timeoutMs: 5000 }, never)).stdout).toBe('as given');
    });
  });

  describe('its life', () => {
    it('serves two at a time, each with its own files', async () => {
      const stdout = async (content: string) => {
        await using sandbox = await open({ files: [{ path: 'name', content }] });
        return (await sandbox.run({ argv: ['sh', '-c', 'cat name; sleep 0.2; cat name'], timeoutMs: 5000 }, never))
          .stdout;
      };
      expect(await Promise.all([stdout('one'), stdout('two')])).toEqual(['oneone', 'twotwo']);
    });

    it('rejects an aborted command with the reason', async () => {
      const aborter = new AbortController();
      await using sandbox = await open();
      const running = sandbox.run({ argv: ['sleep', '60'], timeoutMs: 60_000 }, aborter.signal);
      setTimeout(() => aborter.abort(new Error('cancelled')), 300);
      await expect(running).rejects.toThrow('cancelled');
    });

    it('does not open for a signal that is aborted already', async () => {
      await expect(open({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
    });

    it('ends a running command when it is disposed of, and may be disposed of twice', async () => {
      const sandbox = await open();
      const running = sandbox.run({ argv: ['sleep', '60'], timeoutMs: 60_000 }, never);
      const rejected = expect(running).rejects.toThrow(SandboxError);
      await sandbox[Symbol.asyncDispose]();
      await sandbox[Symbol.asyncDispose]();
      await rejected;
    });

    it.each(['../escape', 'a/../../escape', ''])('refuses the path "%s"', async (path) => {
      await expect(open({ files: [{ path, content: 'x' }] })).rejects.toThrow(/leaves the project/);
    });
  });
});

describe('createSandbox', () => {
  it('names the sandboxes it knows', () => {
    expect(() => createSandbox('chroot' as 'local', {})).toThrow('unknown sandbox "chroot"; known: local');
  });
});
