// strace as a hand on the disk: which calls change a folder, and the n-th of them made to fail or to be the last.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The calls that change files; all else that a program asks of the kernel is left alone. */
const written = ['write', 'pwrite64', 'writev', 'pwritev', 'pwritev2'];
const synced = ['fsync', 'fdatasync', 'sync_file_range', 'syncfs', 'msync'];
const named = ['rename', 'renameat', 'renameat2', 'link', 'linkat', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir'];
const sized = ['ftruncate', 'fallocate', 'openat', 'creat'];
const watched = [...written, ...synced, ...named, ...sized].join(',');

/** What a program is started behind, so that every call is written down. `-D`: it stays our own child. */
export const counting = (file) => ['strace', '-D', '-f', '-q', '--seccomp-bpf', '-ttt', '-y', '-s', '0', '-o', file, '-e', `trace=${watched}`];

/**
 * … so that one call on `path` goes wrong. strace counts the calls of each thread that touch the path, as
 * callsIn() does. `fault` is the name of an errno, or KILL: then the process ends before the call was made (strace 6.1
 * forgets the second and later signals where it filters by seccomp).
 */
export const injecting = (file, { syscall, nth }, path, fault) => [
  'strace', '-D', '-f', '-q', ...(fault === 'KILL' ? [] : ['--seccomp-bpf']),
  '-ttt', '-y', '-s', '0', '-o', file, '-P', path, '-e', `trace=${syscall}`,
  '-e', `inject=${syscall}:${fault === 'KILL' ? 'signal=KILL' : `error=${fault}`}:when=${nth}`,
];

/**
 * What `-P` must name to meet a call again: the file of its descriptor `3</a/b>`, the whole name `"/a/b"`, or for a
 * name within an open directory that directory, for strace compares the words as they stand.
 */
function placeOf(text) {
  const [, fd] = /^\d+<(\/[^>]*)>/.exec(text) ?? [];
  const [, name] = /"(\/[^"]*)"/.exec(text) ?? [];
  return (fd ?? name)?.replace(' (deleted)', '');
}

/** Calls that change something in `folder`: [{syscall, path (within it), nth, at (ms)}], at first sight of each. */
export function callsIn(file, folder) {
  const calls = new Map();
  const counts = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const found = /^(\d+) +([\d.]+) (\w+)\((.*)$/.exec(line);
    if (!found || !watched.split(',').includes(found[3])) continue;
    const [, thread, at, syscall, rest] = found;
    const place = placeOf(rest);
    if (place === undefined || !`${place}/`.startsWith(`${folder}/`)) continue;
    const path = place.slice(folder.length + 1);
    const count = (counts.get(`${thread} ${syscall} ${path}`) ?? 0) + 1;
    counts.set(`${thread} ${syscall} ${path}`, count);
    if (syscall === 'openat' && !rest.includes('O_CREAT')) continue;
    const key = `${syscall} ${path} ${count}`;
    if (!calls.has(key)) calls.set(key, { syscall, path, nth: count, at: Number(at) * 1000 });
  }
  return [...calls.values()];
}

/**
 * When (ms) a call was made to fail; undefined when it never came. strace may write its last lines a little after the
 * program has ended.
 */
export async function struck(file) {
  for (let tries = 0; tries < 20; tries += 1) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    const hit = lines.find((line) => line.includes('(INJECTED)'));
    if (hit) return Number(/^\d+ +([\d.]+) /.exec(hit)[1]) * 1000;
    await sleep(25);
  }
  return undefined;
}
