/** Ten or twelve digits, as an identity number is written: its day, a sign or none, four digits. */
const written = /(?<!\d)(?:\d{2})?(\d{6})[-+ ]?(\d{4})(?!\d)/g;

/**
 * A text without the identity numbers in it. For names of files and columns, where a row of digits is often
 * something else (the time of an export): only what has a month, a day and the right check digit is masked.
 */
export function withoutIdentityNumbers(text: string): string {
	return text.replace(written, (all, day: string, last: string) => (isNumber(day + last) ? '…' : all));
}

/** Whether ten digits are an identity number: a coordination number adds 60 to its day, and may lack either. */
function isNumber(ten: string): boolean {
	const [month, day] = [Number(ten.slice(2, 4)), Number(ten.slice(4, 6))];
	const dated = day > 31 ? month <= 12 && day >= 60 && day <= 91 : month >= 1 && month <= 12 && day >= 1;
	return dated && luhnSum(ten) % 10 === 0;
}

function luhnSum(ten: string): number {
	return [...ten].reduce((sum, digit, place) => {
		const product = Number(digit) * (place % 2 === 0 ? 2 : 1);
		return sum + (product > 9 ? product - 9 : product);
	}, 0);
}
