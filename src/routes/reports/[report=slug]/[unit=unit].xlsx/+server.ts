import { reportResponse } from '../../report-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => reportResponse(event, 'xlsx');
