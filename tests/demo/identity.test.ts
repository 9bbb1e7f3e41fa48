import { beforeAll, expect, test } from 'vitest';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { sender } from '#lib/submission/sender.ts';
import { isDay } from '#lib/period/day.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { createBirths } from '../../scripts/demo/births.ts';
import { dayNumber, dayText } from '../../scripts/demo/days.ts';
import { habitsOf } from '../../scripts/demo/habit.ts';
import { checkDigit, identityNumber, withWrongDigit } from '../../scripts/demo/identity.ts';
import { senderOf } from '../../scripts/demo/sender.ts';
import type { Values } from '../../scripts/demo/values.ts';

let definition: Definition;
let births: Values[];

beforeAll(async () => {
	definition = await loadDefinition('data/mfr');
	const make = createBirths(definition, 1, 1);
	births = [...habitsOf(definition, 1).values()].slice(0, 12).flatMap((habit) => make(habit, 2025, 7));
}, 60_000);

/** Luhn as it is taught: every other digit doubled from the right, digits of all products added. */
function luhnHolds(ten: string): boolean {
	const digits = [...ten].toReversed().map(Number);
	const added = digits
		.map((digit, place) => (place % 2 ? [...String(2 * digit)].map(Number) : [digit]))
		.flat();
	return added.reduce((sum, digit) => sum + digit, 0) % 10 === 0;
}

test('checkDigit() completes the official test number 189001019802', () => {
	expect(checkDigit('900101980')).toBe(2);
});

test("mothers' and children's numbers have the right form, date and check digit", () => {
	const kinds = { '1': 0, '2': 0, '3': 0, '9': 0 };
	for (const { MPNR, MIDTYP, BPNR, BFODDAT, KON } of births) {
		if (typeof MIDTYP === 'string') kinds[MIDTYP as keyof typeof kinds]++;
		if (typeof MPNR === 'string' && MIDTYP !== '3' && MIDTYP !== undefined) {
			expect(MPNR).toMatch(/^\d{12}$/);
			expect(luhnHolds(MPNR.slice(2)), MPNR).toBe(true);
			const day = Number(MPNR.slice(6, 8)) - (MIDTYP === '2' ? 60 : 0);
			expect(isDay(`${MPNR.slice(0, 4)}-${MPNR.slice(4, 6)}-${String(day).padStart(2, '0')}`), MPNR).toBe(
				true
			);
			expect(Number(MPNR[10]) % 2, 'a woman').toBe(0);
		}
		if (typeof BPNR === 'string') {
			expect(luhnHolds(BPNR.slice(2)), BPNR).toBe(true);
			expect(BPNR.slice(0, 8)).toBe(dayText(Number(BFODDAT)).replaceAll('-', ''));
			if (KON !== undefined) expect(Number(BPNR[10]) % 2).toBe(KON === '1' ? 1 : 0);
		}
	}
	for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(0);
	expect(kinds['2'] / births.length).toBeCloseTo(0.016, 2);
});

test('units share no running numbers, and hardly any two children of one unit have the same', () => {
	let end = 0;
	for (const { serials } of habitsOf(definition, 1).values()) {
		expect(serials.first).toBe(end);
		end += serials.count;
	}
	expect(end).toBeLessThanOrEqual(500);
	const numbers = births.flatMap(({ BPNR }) => (BPNR === undefined ? [] : [BPNR]));
	expect(new Set(numbers).size / numbers.length).toBeGreaterThan(0.999);
});

test('withWrongDigit() gives a number that the check digit betrays', () => {
	const number = identityNumber(dayNumber('1990-04-12'), 236);
	expect(luhnHolds(number.slice(2))).toBe(true);
	expect(luhnHolds(withWrongDigit(number).slice(2))).toBe(false);
});

test('senders are invented: an address that nobody has, a telephone number kept free for fiction', () => {
	const free =
		/^(08-465 004 \d\d|031-390 06 \d\d|040-628 04 \d\d|0980-319 2\d\d|070-174 06 (0[5-9]|[1-9]\d))$/;
	for (const unit of definition.units) {
		const found = sender.parse(senderOf(unit, 1));
		expect(found.email).toMatch(/@example\.se$/);
		expect(found.telephone).toMatch(free);
		expect(found.organisation).toBe(unit.region);
	}
});
