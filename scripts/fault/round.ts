import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Note } from '#lib/measures/follow-up.ts';
import { journalName } from '#lib/server/register/journal.ts';
import { openRegister, registerName } from '#lib/server/register/open.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { Random } from '../demo/random.ts';
import { checkAfter, type Acknowledged } from './check.ts';
import { cut, flip, remove, tear } from './damage.ts';
import { smallDefinition } from './files.ts';

/** What may befall a register. */
export const faults = [
	'killed while files are received',
	'killed while checkpoints run',
	'log cut',
	'log flipped',
	'log gone',
	'register flipped',
	'ledger torn',
	'upload broken off',
	'disk full'
] as const;
export type Fault = (typeof faults)[number];

export type Round = {
	seed: number;
	fault: Fault;
	/** What exactly was done, and how much had been acknowledged by then. */
	told: string;
	/** Why the process ended by itself, where it did. */
	end?: string | undefined;
	outcome: 'started' | 'mended' | 'skipped';
};

/** What all rounds begin with: a register that holds something, and where it can be, a small disk. */
export type Ground = {
	d: Definition;
	base: string;
	root: string;
	smallDisk: string | undefined;
	end(): Promise<void>;
};

const smallDiskBytes = 12 * 2 ** 20;

/** Makes the ground of rounds in a folder of its own. */
export async function makeGround(): Promise<Ground> {
	const d = await smallDefinition();
	const root = await mkdtemp(join(tmpdir(), 'fault-'));
	const base = join(root, 'base');
	(await openRegister(base, d)).db.close();
	const disk = join(root, 'disk');
	await mkdir(disk);
	const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDiskBytes}`, 'tmpfs', disk]);
	const smallDisk = mounted.status === 0 ? disk : undefined;
	const end = async () => {
		if (smallDisk !== undefined) spawnSync('umount', [smallDisk]);
		await rm(root, { recursive: true });
	};
	return { d, base, root, smallDisk, end };
}

/** One round: everything but the moment of a kill follows from its seed. Throws Lost where something was lost. */
export async function playRound(ground: Ground, seed: number): Promise<Round> {
	const fault = faults[seed % faults.length] as Fault;
	const round = { seed, fault };
	if (fault === 'disk full' && ground.smallDisk === undefined)
		return { ...round, told: 'no small disk can be made by this user', outcome: 'skipped' };
	const folder = join(ground.root, `round-${seed}`);
	try {
		const { acknowledged, end, told } = await hit(ground, folder, seed, fault);
		const how = `${told}; ${acknowledged.receipts.length} receipts and ${acknowledged.notes.length} notes before`;
		try {
			const isMended = await checkAfter(folder, ground.d, acknowledged);
			return { ...round, told: how, end, outcome: isMended ? 'mended' : 'started' };
		} catch (error) {
			throw new Error(`Round ${seed} (${fault}: ${how}): ${(error as Error).message}`, { cause: error });
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
		if (ground.smallDisk !== undefined)
			await rm(join(ground.smallDisk, `data-${seed}`), { recursive: true, force: true });
	}
}

type Sent = { acknowledged: Acknowledged; end?: string | undefined };
type Hit = Sent & { told: string };

async function hit(ground: Ground, folder: string, seed: number, fault: Fault): Promise<Hit> {
	const random = new Random('fault', seed);
	const isTogether = random.chance(0.5);
	const few = { count: random.whole(3, 8), isTogether };
	if (fault === 'disk full') return diskFull(ground, folder, seed, random);
	await cp(ground.base, folder, { recursive: true });
	if (fault.startsWith('killed')) {
		const delay = random.whole(0, 600);
		const checkpoints = fault === 'killed while checkpoints run' ? '1KB' : '64MB';
		const sent = await send(folder, seed, {
			count: 10_000,
			isTogether,
			checkpoints,
			killAfter: delay
		});
		return { ...sent, told: `killed after ${delay} ms` };
	}
	if (fault === 'upload broken off') {
		const sent = await send(folder, seed, { ...few, breaksOff: true });
		return { ...sent, told: 'killed with an upload under way' };
	}
	const checkpoints = fault === 'register flipped' ? '1KB' : '64MB';
	const sent = await send(folder, seed, { ...few, checkpoints });
	const log = `${registerName}.wal`;
	const done: Partial<Record<Fault, () => Promise<string>>> = {
		'log cut': () => cut(folder, log, random),
		'log flipped': () => flip(folder, log, random),
		'log gone': () => remove(folder, log),
		'register flipped': () => flip(folder, registerName, random),
		'ledger torn': () => tear(folder, journalName, random)
	};
	return { ...sent, told: (await done[fault]?.()) ?? '' };
}

/** Lets the disk run full while files are received; afterwards there is room again. */
async function diskFull(
	{ base, smallDisk }: Ground,
	folder: string,
	seed: number,
	random: Random
): Promise<Hit> {
	const small = join(smallDisk ?? '', `data-${seed}`);
	await cp(base, small, { recursive: true });
	const left = random.whole(50, 300) * 1024;
	const { bavail, bsize } = await statfs(small);
	await writeFile(join(small, 'filler.sock'), Buffer.alloc(Math.max(0, bavail * bsize - left)));
	const sent = await send(small, seed, { count: 200, isTogether: random.chance(0.5) });
	await rm(join(small, 'filler.sock'));
	await cp(small, folder, { recursive: true });
	return { ...sent, told: `${left / 1024} kB were free` };
}

type Sending = {
	count: number;
	isTogether: boolean;
	breaksOff?: boolean;
	checkpoints?: string;
	killAfter?: number;
};

type Told = {
	receipt?: Receipt;
	note?: Note;
	ready?: true;
	done?: true;
	/** Why the process ends by itself. */
	fatal?: string;
	failed?: string;
};
const told = (text: string) => JSON.parse(text) as Told;

/** Has a process receive files until it is killed, done or ends by itself; gives what it had acknowledged by then. */
async function send(
	folder: string,
	seed: number,
	{ count, isTogether, breaksOff = false, checkpoints = '64MB', killAfter }: Sending
): Promise<Sent> {
	const numbers = [seed, 0, count, Number(isTogether), Number(breaksOff)].map(String);
	const child = spawn(process.execPath, ['scripts/fault/sending.ts', folder, ...numbers, checkpoints], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const ended = once(child, 'exit');
	const acknowledged: Acknowledged = { receipts: [], notes: [] };
	let end: string | undefined;
	for await (const line of createInterface({ input: child.stdout })) {
		const { receipt, note, ready, done, fatal, failed } = told(line);
		end ??= fatal ?? failed;
		if (receipt) acknowledged.receipts.push(receipt);
		if (note) acknowledged.notes.push(note);
		if (ready && killAfter !== undefined) void after(killAfter).then(() => child.kill('SIGKILL'));
		if (done) child.kill('SIGKILL');
	}
	await ended;
	return { acknowledged, end };
}
