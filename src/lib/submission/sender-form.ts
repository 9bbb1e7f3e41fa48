import { senderFields, type SenderField } from './sender-fields.ts';
import { sender, type Sender } from './sender.ts';

/** Reads sender details from a form: the details, or the fields that are missing or not in their form. */
export function readSender(form: FormData): { sender: Sender } | { wrong: SenderField[] } {
	const written = Object.fromEntries(senderFields.map((field) => [field, String(form.get(field) ?? '')]));
	const read = sender.safeParse(written);
	if (read.success) return { sender: read.data };
	const wrong = new Set(read.error.issues.map((issue) => issue.path[0]));
	return { wrong: senderFields.filter((field) => wrong.has(field)) };
}
