/** The parts of jStat that measures/tail.ts uses; it comes without types. */
declare module 'jstat' {
	const jstat: {
		erfc(x: number): number;
		/** The regularised incomplete beta function I_x(a, b). */
		ibeta(x: number, a: number, b: number): number;
	};
	export default jstat;
}
