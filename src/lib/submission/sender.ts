import { z } from 'zod';

const line = (max: number) => z.string().trim().min(1).max(max);

/** Who hands a submission in, as stated with every one of them. */
export const sender = z.strictObject({
	unit: line(100).describe("The unit's name or MVC number, as the sender writes it"),
	organisation: line(200).describe('Organisation or region'),
	address: line(300),
	telephone: z
		.string()
		.trim()
		.regex(/^[+()\d][\d\s()/-]{4,29}$/),
	email: z.email().max(200),
	name: line(200).describe('The person who reports')
});
export type Sender = z.infer<typeof sender>;
