/** DuckDB, embedded: joins, sorting and Parquet for more than memory holds. It never touches the network. */
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

/** What a database may use. */
export interface DuckDbOptions {
  /** Bytes of memory before it writes to disk; resident memory may reach 1.7 times that. Default 1 GiB. */
  memoryBytes?: number;
  /** Default 2. */
  threads?: number;
  /** Where it writes what does not fit. Default: nowhere, and what does not fit is an error. */
  scratch?: string;
}

/** A database in memory, gone when disposed. */
export interface DuckDb extends Disposable {
  /** Runs a statement, with values for its `$name`s. */
  run(sql: string, values?: Record<string, DuckDBValue>): Promise<void>;
  /** The rows of a query as plain objects, streamed. A whole number past 2^53 comes as text. */
  rows(sql: string, values?: Record<string, DuckDBValue>): AsyncGenerator<Record<string, unknown>>;
}

/** Opens one. Ask for an `order by` where the order of rows matters: threads have none. */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<DuckDb> {
  const { memoryBytes = 2 ** 30, threads = 2, scratch } = options;
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.ceil(memoryBytes / 2 ** 20)}MiB`,
    threads: `${threads}`,
    temp_directory: scratch ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  return {
    async run(sql, values) {
      await connection.run(sql, values);
    },
    async *rows(sql, values) {
      const result = await connection.stream(sql, values);
      for await (const rows of result.yieldRowObjectJs()) {
        for (const row of rows) yield plain(row) as Record<string, unknown>;
      }
    },
    [Symbol.dispose]() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Without bigints, which JSON does not have. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
