/** What bubblewrap and its launchers say, and what helps. The last line fits all. */
const remedies: [said: RegExp, remedy: string][] = [
  [/Unknown option/i, 'install bubblewrap 0.8 or newer'],
  [/Can't find source path/, 'choose a staging folder that every uid can reach'],
  [
    /namespace|uid map|Operation not permitted/i,
    'allow unprivileged user namespaces: `sysctl kernel.unprivileged_userns_clone=1`, on Ubuntu also ' +
      '`sysctl kernel.apparmor_restrict_unprivileged_userns=0`; in a container, one whose seccomp profile allows them',
  ],
  [/.*/s, 'try `bwrap --unshare-all --ro-bind / / true` on this machine'],
];

export const remedy = (stderr: string): string => remedies.find(([said]) => said.test(stderr))?.[1] ?? '';
