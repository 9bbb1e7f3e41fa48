import { z } from 'zod';

/** The two languages of every text that a reader sees. */
export const locales = ['sv', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text in both languages. */
export const text = z.strictObject({ sv: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof text>;
