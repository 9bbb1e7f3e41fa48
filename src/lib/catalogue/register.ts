import { z } from 'zod';
import { condition } from './condition.ts';
import { text } from './text.ts';

const form = z.strictObject({
	id: z.string().regex(/^[A-Z][A-Z0-9]{0,15}$/),
	label: text,
	level: z.enum(['birth', 'delivery'])
});

/**
 * register.yaml: what is peculiar to one register, so that nothing about it is written into the code.
 */
export const register = z.strictObject({
	id: z.string().regex(/^[a-z][a-z0-9]{1,20}$/),
	name: text,
	nation: text.describe('The whole that units are compared with'),
	unitNoun: text.optional().describe('What one reporting unit is called'),
	firstYear: z.int().min(1800),
	demo: z.boolean().default(false).describe('Whether demo data can be made for it'),
	birthDate: z.string().describe('Variable: date of birth; a birth cannot be received without it'),
	birthOrder: z.string().optional().describe('Variable: order in a multiple birth'),
	mother: z.string().optional().describe("Variable: the mother's identity; makes twins one delivery"),
	child: z.string().optional().describe("Variable: the child's identity"),
	identityType: z
		.strictObject({ variable: z.string(), of: z.string(), reserve: z.array(z.string()) })
		.optional()
		.describe('Variable that states the type of an identity number, and its codes for reserve numbers'),
	daysToReceipt: z.string().optional().describe('Derived variable: days from birth to first receipt'),
	stillborn: condition.optional().describe('Births that are stillbirths; none, if absent'),
	reference: z
		.strictObject({ column: z.string().min(1), label: text })
		.optional()
		.describe("Column with the unit's own reference to a birth; never an identity number"),
	clinic: z
		.strictObject({ variable: z.string(), forms: z.array(z.string()).min(1) })
		.optional()
		.describe("Variable: the antenatal clinic's number; and the forms that clinics fill in"),
	birthKey: z
		.array(z.array(z.string()).min(1))
		.describe('Ways to know a birth again, the first that a row can use'),
	forms: z.array(form).min(1)
});
export type RegisterDefinition = Readonly<z.infer<typeof register>>;
export type Form = z.infer<typeof form>;
