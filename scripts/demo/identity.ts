import { dayText } from './days.ts';
import type { Random } from './random.ts';

/** The last digit of an identity number, from the nine before it (Luhn). */
export function checkDigit(nine: string): number {
	let sum = 0;
	for (let i = 0; i < nine.length; i++) {
		const doubled = (nine.charCodeAt(i) - 48) * (i % 2 === 0 ? 2 : 1);
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return (10 - (sum % 10)) % 10;
}

/**
 * A random identity number of valid form, YYYYMMDDNNNN. `serial` is its running number of the day,
 * 0–999: odd for men and boys. A coordination number adds 60 to the day.
 */
export function identityNumber(birthDay: number, serial: number, coordination = false): string {
	const day = dayText(birthDay);
	const number = coordination ? String(Number(day.slice(8)) + 60) : day.slice(8);
	const start = day.slice(0, 4) + day.slice(5, 7) + number + String(serial).padStart(3, '0');
	return start + checkDigit(start.slice(2));
}

const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** A reserve number as some regions write them: the birth date and four signs of which one is a letter. */
export function reserveNumber(birthDay: number, random: Random): string {
	const letter = letters[random.whole(0, letters.length - 1)] ?? 'A';
	return dayText(birthDay).replaceAll('-', '') + letter + String(random.whole(0, 999)).padStart(3, '0');
}

/** The number with another last digit: its form is wrong. */
export function withWrongDigit(number: string): string {
	const last = (Number(number.at(-1)) + 3) % 10;
	return number.slice(0, -1) + (Number.isNaN(last) ? '?' : last);
}
