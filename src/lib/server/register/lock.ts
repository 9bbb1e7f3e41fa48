import { randomUUID } from 'node:crypto';
import {
	existsSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The data folder is held by another process (the server, or a command that still runs), or open in this one. */
export class RegisterInUse extends Error {}

/** That this process holds a data folder: nobody else opens its register, changes or replaces its files. */
export type Lock = {
	/** Where the process is reached that holds the folder. */
	setAddress(address: string): void;
	/** The folder has been given another name: it is still held. */
	moved(to: string): void;
	release(): void;
};

const written = z.object({
	pid: z.int(),
	/** When the process started, by the machine's own count: a number of a process is used again. */
	started: z.string(),
	/** The folder that it lies in: a copy of a lock holds nothing. */
	folder: z.string(),
	address: z.string().nullable()
});
export type Holder = z.infer<typeof written>;

export const lockName = 'lock';

/** Folders held by this process, kept where a hot reload finds them. */
const ofProcess = globalThis as typeof globalThis & { bortfallHeldFolders?: Set<string> };
const heldHere = (ofProcess.bortfallHeldFolders ??= new Set());

/** Holds a data folder until it is released or the process ends; makes it where there is none. Throws RegisterInUse. */
export function holdFolder(folder: string): Lock {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, lockName);
	const inode = identityOf(folder);
	const own: Holder = { pid: process.pid, started: startOf(process.pid), folder: inode, address: null };
	if (heldHere.has(inode)) throw new RegisterInUse(`${folder} is open in this process already.`);
	for (;;) {
		const holder = holderOf(folder);
		if (holder) throw new RegisterInUse(`${folder} is in use by process ${holder.pid}. Stop that one first.`);
		if (existsSync(path)) removeStale(folder, path);
		if (put(path, own)) break;
	}
	heldHere.add(inode);
	let place = folder;
	return {
		setAddress(address) {
			const next = join(place, `${lockName}.${randomUUID()}`);
			writeFileSync(next, JSON.stringify({ ...own, address }), { mode: 0o600 });
			renameSync(next, join(place, lockName));
		},
		moved(to) {
			place = to;
		},
		release() {
			if (!heldHere.delete(inode)) return;
			if (existsSync(place) && identityOf(place) === inode) rmSync(join(place, lockName), { force: true });
		}
	};
}

/** Who holds a data folder; undefined where nobody does, also where one did that was killed. */
export function holderOf(folder: string): Holder | undefined {
	const path = join(folder, lockName);
	const read = written.safeParse(jsonOf(path));
	if (!read.success) return undefined;
	const { pid, started, folder: inode } = read.data;
	if (inode !== identityOf(folder)) return undefined;
	if (pid === process.pid) return heldHere.has(inode) ? read.data : undefined;
	return isAlive(pid) && startOf(pid) === started ? read.data : undefined;
}

/** Puts the lock in its place as a whole, unless there is one. */
function put(path: string, own: Holder): boolean {
	const mine = `${path}.${randomUUID()}`;
	writeFileSync(mine, JSON.stringify(own), { mode: 0o600 });
	try {
		linkSync(mine, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(mine);
	}
}

/** Takes a lock away that nobody holds; one that was put there in the same moment is put back. */
function removeStale(folder: string, path: string): void {
	const aside = `${path}.${randomUUID()}`;
	try {
		renameSync(path, aside);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
		throw error;
	}
	const read = written.safeParse(jsonOf(aside));
	if (read.success && isHeld(read.data, folder) && !existsSync(path)) renameSync(aside, path);
	else rmSync(aside);
}

const isHeld = ({ pid, started, folder: inode }: Holder, folder: string) =>
	pid !== process.pid && inode === identityOf(folder) && isAlive(pid) && startOf(pid) === started;

function identityOf(folder: string): string {
	const { dev, ino } = statSync(folder);
	return `${dev}:${ino}`;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** When a process was started, where the system tells: the boot, and the clock ticks since. */
function startOf(pid: number): string {
	try {
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// the name in brackets may hold blanks and brackets itself
		return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
	} catch {
		return '';
	}
}

function jsonOf(path: string): unknown {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return undefined;
	}
}
