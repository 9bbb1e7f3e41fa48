import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { findUnit } from '#lib/catalogue/catalogue.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { isDay } from '#lib/period/day.ts';
import { sender, type Sender } from '#lib/submission/sender.ts';
import { nearest } from './nearest.ts';

/** An argument that cannot be used: said in a sentence that names it. */
export class UsageError extends Error {}

export const usage = `npm run --silent import -- FILE… --unit UNIT --sender sender.json
	[--data DIR] [--register DIR] [--profile NAME] [--received-at "YYYY-MM-DD[ HH:MM[:SS]]"]
	[--json] [--language sv|en]`;

export type ImportArguments = {
	files: string[];
	data: string;
	register: string;
	unit: string;
	sender: string;
	profile: string | undefined;
	receivedAt: string;
	json: boolean;
	locale: Locale;
};

/** Reads the command line; `now` is local time, YYYY-MM-DD HH:MM:SS. Throws UsageError. */
export function readArguments(
	args: string[],
	environment: Record<string, string | undefined>,
	now: string
): ImportArguments {
	const { values, positionals } = parsed(args);
	if (positionals.length === 0) throw new UsageError('Say which FILE to hand in.');
	const { unit, sender: senderFile, language = 'sv' } = values;
	if (unit === undefined)
		throw new UsageError('--unit is missing: whose file is it? An id or a hospital code.');
	if (senderFile === undefined)
		throw new UsageError('--sender is missing: a JSON file with the details of who hands the file in.');
	const locale = locales.find((each) => each === language);
	if (!locale) throw new UsageError(`--language is ${locales.join(' or ')}, not “${language}”.`);
	return {
		files: positionals,
		data: values.data ?? environment.BORTFALL_DATA ?? 'var',
		register: values.register ?? environment.BORTFALL_REGISTER ?? 'data/mfr',
		unit,
		sender: senderFile,
		profile: values.profile,
		receivedAt: values['received-at'] === undefined ? now : readTime(values['received-at']),
		json: values.json ?? false,
		locale
	};
}

function parsed(args: string[]) {
	const text = { type: 'string' } as const;
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				data: text,
				register: text,
				unit: text,
				sender: text,
				profile: text,
				'received-at': text,
				json: { type: 'boolean' },
				language: text
			}
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** `2026-02-01`, `2026-02-01 08:30` or `2026-02-01 08:30:15` with its seconds; a day begins at 00:00:00. */
export function readTime(written: string): string {
	const found = /^(\d{4}-\d{2}-\d{2})(?:[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?$/.exec(written);
	const [, day = '', hour = '00', minute = '00', second = '00'] = found ?? [];
	if (!isDay(day))
		throw new UsageError(
			`--received-at is a day such as 2026-02-01 or “2026-02-01 08:30:00”, not “${written}”.`
		);
	return `${day} ${hour}:${minute}:${second}`;
}

/** The unit with this id or hospital code. Throws UsageError with those that are called nearly so. */
export function unitOf(d: Definition, named: string) {
	const unit = findUnit(d, named);
	if (unit) return unit;
	const near = nearest(
		named,
		d.units.map((u) => ({ texts: [u.id, u.name, u.place, u.code], shown: `${u.id} (${u.name})` }))
	);
	throw new UsageError(
		`--unit: the register ${d.register.id} has no unit “${named}”.${near.length ? ` Near it: ${near.join(', ')}.` : ''}`
	);
}

/** The profile with this name, or none where none is asked for. Throws UsageError with those that there are. */
export function profileOf(d: Definition, named: string | undefined) {
	if (named === undefined) return undefined;
	const profile = d.profiles.get(named);
	if (profile) return profile;
	const known = [...d.profiles.keys()];
	throw new UsageError(
		`--profile: the register ${d.register.id} has no profile “${named}”. ${known.length ? `It has ${known.join(', ')}.` : 'It has none.'}`
	);
}

/** Reads the sender's details. Throws UsageError that names every key which is missing or wrong. */
export async function readSender(path: string): Promise<Sender> {
	const text = await readFile(path, 'utf8').catch(() => {
		throw new UsageError(`--sender: there is no file ${path}.`);
	});
	let written: unknown;
	try {
		written = JSON.parse(text);
	} catch (error) {
		throw new UsageError(
			`--sender: ${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`
		);
	}
	const read = sender.safeParse(written);
	if (read.success) return read.data;
	const given = typeof written === 'object' && written !== null ? written : {};
	const wrong = read.error.issues.map((issue) => {
		const [key] = issue.path;
		if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')} is no key that is known here`;
		if (key === undefined) return issue.message;
		return `${String(key)} ${key in given ? issue.message : 'is missing'}`;
	});
	throw new UsageError(
		`--sender: ${path}: ${wrong.join('; ')}. Its keys are ${Object.keys(sender.shape).join(', ')}.`
	);
}
