import { z } from 'zod';

const line = (max: number) =>
	z
		.string({ error: 'is not a text' })
		.trim()
		.min(1, { error: 'is empty' })
		.max(max, { error: `has more than ${max} characters` });

/** Who hands a submission in, as stated with every one of them. */
export const sender = z.strictObject({
	unit: line(100).describe("The unit's name or MVC number, as the sender writes it"),
	organisation: line(200).describe('Organisation or region'),
	address: line(300),
	telephone: z
		.string()
		.trim()
		.regex(/^[+()\d][\d\s()/-]{4,29}$/, { error: 'is no telephone number' }),
	email: z.email({ error: 'is no e-mail address' }).max(200),
	name: line(200).describe('The person who reports')
});
export type Sender = z.infer<typeof sender>;
