// A table in the page: what is the same in every row stands once in the caption, numbers are rounded, and a button
// saves the CSV: with every digit, or of a very long table with some.

import type { Column, Row, Table, Value } from '../../core/rows.ts'
import { toCsv } from '../csv.ts'
import { count, fixed, plural } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'
import { html, type Markup } from './markup.ts'

/** Longer tables start closed. */
const OPEN_ROWS = 12

/** A page carries longer tables with fewer digits: it would be megabytes larger for nothing. */
const LONG_TABLE = 1000
const SIGNIFICANT = 3

/** The CSV that the page carries. */
export function carriedCsv(table: Table): string {
  return toCsv(isShortened(table) ? { ...table, rows: table.rows.map(shortened) } : table)
}

function isShortened({ rows }: Table): boolean {
  return rows.length > LONG_TABLE
}

function shortened(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => (
    [key, typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(SIGNIFICANT)) : value]
  )))
}

/** @param rows those that stand in the page; the CSV holds all */
export function tableMarkup(
  table: Table,
  rows: readonly Row[] = table.rows,
  open: boolean = rows.length <= OPEN_ROWS,
): Markup {
  const button = html`<button type="button" class="save" data-table="${table.name}">Save ${table.name}.csv</button>`
  if (rows.length === 0) {
    return html`<p class="table-only">${table.title}: ${plural(table.rows.length, 'row')}. ${button}</p>`
  }
  const varying = table.columns.filter((column) => varies(table, column))
  const part = `The ${count(rows.length)} most telling rows; the CSV holds all ${count(table.rows.length)}.`
  const more = rows.length < table.rows.length ? html`<p class="note">${part}</p>` : null
  return html`
<details class="table"${open ? html` open` : null}>
<summary>${table.title} <span class="quiet">${plural(table.rows.length, 'row')}</span></summary>
<div class="scroll" tabindex="0" role="region" aria-label="${table.title}">
<table>
<caption>${caption(table)}</caption>
<thead><tr>${varying.map(heading)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${varying.map((column) => cell(row[column.key], column))}</tr>\n`)}</tbody>
</table>
</div>
${more}<p class="note">${notes(varying)}${isShortened(table) ? digitsNote(table) : null}${button}</p>
</details>`
}

function digitsNote({ name }: Table): Markup {
  return html`<span>Numbers to ${SIGNIFICANT} digits; tables/${name}.csv of the run has every digit.</span> `
}

function varies(table: Table, column: Column): boolean {
  return table.rows.length === 1 || table.rows.some((row) => row[column.key] !== table.rows[0][column.key])
}

/** The columns that hold one value: `Model lstm · Seed 1`. */
function caption(table: Table): string {
  const constant = table.columns.filter((column) => !varies(table, column) && table.rows[0][column.key] !== null)
  return constant.map((column) => `${column.title} ${shownValue(table.rows[0][column.key], column)}`).join(' · ')
}

function heading(column: Column): Markup {
  const unit = column.unit ? html`<span class="unit">${column.unit}</span>` : null
  return html`<th scope="col"${column.digits === undefined ? null : html` class="number"`}>${column.title}${unit}</th>`
}

function cell(value: Value, column: Column): Markup {
  return column.digits === undefined
    ? html`<td>${shownValue(value, column)}</td>`
    : html`<td class="number">${shownValue(value, column)}</td>`
}

function shownValue(value: Value, column: Column): string {
  if (value === null) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return withSuperscripts(value)
  if (column.digits === undefined) return String(value)
  return column.key === 'seed' ? String(value) : column.digits === 0 ? count(value) : fixed(value, column.digits)
}

function notes(columns: readonly Column[]): Markup[] {
  return columns
    .filter((column) => column.description)
    .map((column) => html`<span><b>${column.title}</b>: ${column.description!}.</span> `)
}
