import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const versions = '/usr/lib/postgresql'

/** Asks the store past the engine, as an operator with psql would; each row is a list of texts. */
export class Sql {
  #arguments

  constructor(port) {
    this.#arguments = ['-h', '127.0.0.1', '-p', String(port), '-U', 'automation', '-d', 'automation', '-qtAX', '-F', '\t', '-v', 'ON_ERROR_STOP=1']
  }

  async rows(sql) {
    const newest = readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0]
    const { stdout } = await run(join(versions, newest, 'bin/psql'), [...this.#arguments, '-c', sql], { env: { ...process.env, PGCONNECT_TIMEOUT: '5' }, maxBuffer: 256 << 20 })
    return stdout.split('\n').filter(Boolean).map((line) => line.split('\t'))
  }

  async number(sql) { return Number((await this.rows(sql))[0][0]) }
}
