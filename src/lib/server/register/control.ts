import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { BackedUp, Progress } from './backup.ts';
import type { Holder } from './lock.ts';
import type { Restored, Restoring } from './restore.ts';

/** What the process that holds a data folder may be asked for by another on this machine, of the same user. */
const asked = z.discriminatedUnion('ask', [
	z.object({ ask: z.literal('backup'), to: z.string(), keys: z.string().optional() }),
	z.object({
		ask: z.literal('restore'),
		from: z.string(),
		keys: z.string().optional(),
		replace: z.boolean(),
		stamp: z.string().regex(/^[\w-]{1,40}$/)
	})
]);
type Asked = z.infer<typeof asked>;

export type Doing = {
	backup(asked: { to: string; keys?: string | undefined }, at: Progress): Promise<BackedUp>;
	restore(asked: Restoring, at: Progress): Promise<Restored>;
};

/** What is answered, a line each: how far it has come, and then what came of it, or why nothing. */
const answer = z.union([
	z.object({ done: z.int(), total: z.int() }),
	z.object({ result: z.unknown() }),
	z.object({ error: z.string() })
]);

/** A path of a socket may be no longer than this, on any system. */
const longestPath = 100;

/**
 * Listens on a local socket for what the process is asked to do, one thing after the other. It lies in the data
 * folder, or where that would be too long a name in a folder of its own; only the own user reaches it. Gives its
 * address, and an end.
 */
export async function listen(folder: string, doing: Doing): Promise<{ address: string; end(): void }> {
	let address = join(folder, 'control.sock');
	const own = address.length > longestPath ? mkdtempSync(join(tmpdir(), 'bortfall-')) : undefined;
	if (own !== undefined) address = join(own, 'control.sock');
	rmSync(address, { force: true }); // a killed process left it; we hold the folder
	let last: Promise<void> = Promise.resolve();
	const server = createServer((socket) => {
		socket.on('error', () => undefined); // whoever asked has gone: the work is finished all the same
		createInterface({ input: socket }).once('line', (line) => {
			last = last.then(() => answered(socket, line, doing));
		});
	});
	await new Promise<void>((ready, failed) => {
		server.once('error', failed);
		const mask = process.umask(0o177);
		server.listen(address, ready);
		process.umask(mask);
	});
	chmodSync(address, 0o600);
	server.unref();
	const end = () => {
		server.close();
		rmSync(own ?? address, { recursive: true, force: true });
	};
	return { address, end };
}

async function answered(socket: Socket, line: string, doing: Doing): Promise<void> {
	const say = (text: z.infer<typeof answer>) =>
		void (socket.writable && socket.write(`${JSON.stringify(text)}\n`));
	const at: Progress = (done, total) => say({ done, total });
	try {
		const question: Asked = asked.parse(JSON.parse(line));
		const result =
			question.ask === 'backup' ? await doing.backup(question, at) : await doing.restore(question, at);
		say({ result });
	} catch (error) {
		say({ error: error instanceof Error ? error.message : String(error) });
	}
	socket.end();
}

/** What was asked for did not come about; the message is the other process's own. */
export class Refused extends Error {}

const backedUp: z.ZodType<BackedUp> = z.object({
	files: z.int(),
	submissions: z.int(),
	keys: z.array(z.string()),
	areKeysCopied: z.boolean()
});
const restored = z.object({ submissions: z.int(), kept: z.string().optional() });

/** Has a backup made by the process that holds the data folder. Throws Refused. */
export const askForBackup = async (
	holder: Holder,
	what: { to: string; keys?: string | undefined },
	at: Progress
): Promise<BackedUp> => backedUp.parse(await ask(holder, { ask: 'backup', ...what }, at));

/** Has the process that holds the data folder replace it by a backup. Throws Refused. */
export async function askForRestore(holder: Holder, what: Restoring, at: Progress): Promise<Restored> {
	const { submissions, kept } = restored.parse(await ask(holder, { ask: 'restore', ...what }, at));
	return { submissions, kept };
}

async function ask({ address, pid }: Holder, question: Asked, at: Progress): Promise<unknown> {
	if (address === null)
		throw new Refused(`Process ${pid} has the data folder open and takes no questions. Stop it first.`);
	const socket = createConnection(address);
	const failure = new Promise<never>((_, failed) => socket.once('error', failed));
	failure.catch(() => undefined);
	const reading = async () => {
		socket.write(`${JSON.stringify(question)}\n`);
		for await (const line of createInterface({ input: socket })) {
			const said = answer.parse(JSON.parse(line));
			if ('result' in said) return said.result;
			if ('error' in said) throw new Refused(said.error);
			at(said.done, said.total);
		}
		throw new Refused(`Process ${pid} ended before it was done.`);
	};
	try {
		return await Promise.race([reading(), failure]);
	} finally {
		socket.destroy();
	}
}
