/** A number that no clinic has: what people write where there is none, such as 0, 000 or 9999. */
const standIn = '0+|9{3,}';

/**
 * The number of an antenatal clinic as it is told, of a column in which people write it: without spaces and in
 * capitals. NULL where nothing is written; `?` where what is written cannot be the number of a clinic: it holds no
 * digit, is longer than twelve signs, is an old code for “unknown”, or could be the number of a person.
 */
export function clinicNumberSql(column: string): string {
	const number = `upper(regexp_replace(nfc_normalize(${column}), '\\s', '', 'g'))`;
	return `case when ${number} is null or ${number} = '' then null
		when not regexp_full_match(${number}, '[0-9A-ZÅÄÖ][-0-9A-ZÅÄÖ]{0,11}')
			or not regexp_matches(${number}, '[0-9]')
			or regexp_full_match(${number}, '${standIn}')
			or regexp_full_match(${number}, '[0-9]{6,8}-?[0-9A-Z]{4}')
		then '?' else ${number} end`;
}
