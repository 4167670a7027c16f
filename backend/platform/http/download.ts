import { CSV_TYPE, csvStream, XLSX_TYPE, xlsxStream } from '../spreadsheet.ts';
import type { Table } from '../table.ts';
import type { Answer } from './route.ts';

/** The table as a download, its day in the name of the file. Both types are declared; the answer says which it is. */
export function download({ name, columns, rows }: Table, format: 'csv' | 'xlsx', day: string): Answer {
  const stream = format === 'csv' ? csvStream(columns, rows) : xlsxStream(name, columns, rows);
  const fileName = encodeURIComponent(`${name}-${day}.${format}`);
  return {
    status: 200,
    stream,
    type: format === 'csv' ? CSV_TYPE : XLSX_TYPE,
    headers: { 'Content-Disposition': `attachment; filename*=UTF-8''${fileName}` },
  };
}
