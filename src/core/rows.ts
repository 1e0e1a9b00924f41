// Results travel as rows: plain objects with scalar values. A table is rows with a name and described columns; the report
// prints it, charts draw it, and tables/NAME.csv holds it.

export type Value = string | number | boolean | null
export type Row = Readonly<Record<string, Value>>

/** A column of a table. `unit` is shown beside the title ('points', 'nats'); `digits` after the point, in the report only. */
export interface Column {
  readonly key: string
  readonly title: string
  readonly unit?: string
  readonly digits?: number
  readonly description?: string
}

export interface Table<R extends Row = Row> {
  /** kebab-case; also the name of its CSV file */
  readonly name: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly R[]
}

/** Groups in order of first appearance. */
export function groupBy<T, Key>(items: Iterable<T>, keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
