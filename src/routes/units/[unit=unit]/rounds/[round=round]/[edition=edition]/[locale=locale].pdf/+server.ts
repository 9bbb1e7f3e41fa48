import { unitReportResponse } from '../../../unit-report-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => unitReportResponse(event, 'pdf');
