import { mkdir, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { reported } from '#lib/catalogue/catalogue.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { receive, receiveAll, type Submission } from '#lib/server/register/receive.ts';
import { storeOriginal } from '#lib/server/register/original.ts';
import { openRegister, type Register } from '#lib/server/register/open.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import { createBirths } from '../demo/births.ts';
import { habitsOf } from '../demo/habit.ts';
import type { FileForm } from '../demo/file-form.ts';
import { createWriter } from '../demo/text.ts';
import { reference } from '../demo/values.ts';

const seed = 2026;

const plain: FileForm = {
	delimiter: ';',
	encoding: 'utf-8',
	newline: '\n',
	decimalComma: false,
	compactDays: false,
	identity: 'plain',
	lowerCase: false,
	ownColumn: false,
	fileName: (period) => `${period}.csv`
};

export const benchSender = {
	unit: 'Bench',
	organisation: 'Bench',
	address: 'Bench 1',
	telephone: '08-465 004 00',
	email: 'bench@example.se',
	name: 'Bench'
};

/** One national year in one file: every unit's births, 107 columns and the reference, ISO days. */
export async function nationalYear(
	d: Definition,
	year: number,
	births: number,
	path: string
): Promise<number> {
	const writer = createWriter(plain, singleColumns(d));
	const draw = createBirths(d, seed, 1.2);
	const habits = [...habitsOf(d, seed).values()];
	const lines: string[] = [];
	for (let month = 1; month <= 12; month++)
		for (const habit of habits)
			for (const values of draw(habit, year, month))
				lines.push(writer.line({ ...values, [reference]: `${habit.unit.id}-${month}-${lines.length}` }));
	const chosen = lines.slice(0, births);
	if (chosen.length < births)
		throw new Error(`Only ${chosen.length} births were drawn, ${births} are needed.`);
	await writeFile(path, writer.file(writer.header, chosen));
	return chosen.length;
}

/** The reported variables with one column each: the national file has exactly one column per variable. */
const singleColumns = (d: Definition) => reported(d).map((v) => ({ ...v, positions: undefined }));

/** Two hundred births of a unit's month, as a monthly file. */
export async function monthlyFile(
	d: Definition,
	unit: Unit,
	year: number,
	month: number,
	path: string,
	mark: string
) {
	const writer = createWriter(plain, singleColumns(d));
	const habit = habitsOf(d, seed).get(unit.id);
	if (!habit) throw new Error(`No habit of ${unit.id}.`);
	const drawn = createBirths(d, seed + month, 1.5)(habit, year, month).slice(0, 200);
	if (drawn.length < 200) throw new Error(`${unit.id} has only ${drawn.length} births in a month.`);
	const lines = drawn.map((values, index) => writer.line({ ...values, [reference]: `${mark}-${index}` }));
	await writeFile(path, writer.file(writer.header, lines));
}

/** Hands a file on disk in. */
export async function handInFile(
	register: Register,
	path: string,
	unit: Unit,
	receivedAt: string
): Promise<Receipt> {
	const original = await storeOriginal(register.folder, createReadStream(path));
	return receive(register, { original, fileName: 'bench.csv', unit, sender: benchSender, receivedAt });
}

/**
 * A register of so many full years of the whole country before `today`: a file per unit and year, received
 * in January of the next.
 */
export async function registerOf(
	d: Definition,
	folder: string,
	years: number,
	today: string,
	say: (text: string) => void
): Promise<Register> {
	await mkdir(folder, { recursive: true });
	const register = await openRegister(folder, d);
	for await (const { fileName } of receiveAll(register, yearlyFiles(d, folder, years, today)))
		if (fileName.endsWith('-last.csv')) say(`${years} years: ${fileName.slice(0, 4)}`);
	return register;
}

/** A file per unit and year, the years one after the other; the last of each year is named so. */
async function* yearlyFiles(
	d: Definition,
	folder: string,
	years: number,
	today: string
): AsyncGenerator<Submission> {
	const writer = createWriter(plain, singleColumns(d));
	const draw = createBirths(d, seed, 1);
	const lastYear = Number(today.slice(0, 4)) - 1;
	const habits = [...habitsOf(d, seed).values()];
	for (let year = lastYear - years + 1; year <= lastYear; year++)
		for (const [place, habit] of habits.entries()) {
			const births = Array.from({ length: 12 }, (_, month) => draw(habit, year, month + 1)).flat();
			if (births.length === 0) continue;
			const lines = births.map((values, n) => writer.line({ ...values, [reference]: `${year}-${n}` }));
			const original = await storeOriginal(folder, Readable.from([writer.file(writer.header, lines)]));
			const fileName = `${year}${place === habits.length - 1 ? '-last' : ''}.csv`;
			const receivedAt = `${year + 1}-01-20 12:00:00`;
			yield { original, fileName, unit: habit.unit, sender: benchSender, receivedAt };
		}
}
