import { execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

const dll = process.env.AUTOMATION_SERVER_DLL
const run = promisify(execFile)

/** Runs one command of the program and reads its JSON. Findings (exit code 1) are an answer too. */
export async function automation(...args) {
  const { stdout } = await run('dotnet', [dll, ...args, '--json'], { maxBuffer: 64 << 20 }).catch((error) => {
    if (error.code === 1 && error.stdout) return error
    throw new Error(`automation ${args.join(' ')}: ${error.stderr || error.message}`)
  })
  return JSON.parse(stdout)
}

/** Every row of the ledger, events and facts. */
export async function exported(data, file) {
  await run('dotnet', [dll, 'audit', 'export', '--data', data, '--events', '--out', file])
  return (await readFile(file, 'utf8')).split('\n').filter(Boolean).map((line) => JSON.parse(line))
}

export class Server {
  #child
  #exit
  #key
  #log = ''
  url

  static async start(data, key, workspace) {
    const server = new Server()
    server.#key = key
    server.url = `http://127.0.0.1:${await freePort()}`
    const args = ['serve', '--data', data, '--urls', server.url, ...(workspace ? ['--workspace', workspace] : [])]
    server.#child = spawn('dotnet', [dll, ...args])
    server.#child.stdout.on('data', (text) => (server.#log += text))
    server.#child.stderr.on('data', (text) => (server.#log += text))
    let ended = false
    server.#exit = new Promise((resolve) => server.#child.once('exit', (code) => { ended = true; resolve(code) }))
    await until('the server to be ready', async () => {
      if (ended) throw new Error('The server ended before it was ready.')
      return (await fetch(`${server.url}/readyz`).catch(() => null))?.ok
    }, 60).catch((error) => { throw new Error(`${error.message}\n${server.#log}`) })
    return server
  }

  log() {
    return this.#log
  }

  /** No chance to say goodbye. */
  async kill() {
    this.#child.kill('SIGKILL')
    await this.#exit
  }

  async stop() {
    this.#child.kill('SIGTERM')
    const code = await this.#exit
    if (code !== 0) throw new Error(`Expected the server to stop with code 0, but it was ${code}.\n${this.#log}`)
  }

  async put(path, body) {
    const answer = await this.#fetch(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })
    return answer.json()
  }

  /** All pages of a list. */
  async all(path, name, query = '') {
    const rows = []
    for (let next = null; ;) {
      const page = await (await this.#fetch(`${path}?limit=1000${query}${next === null ? '' : `&before=${next}`}`)).json()
      rows.push(...page[name])
      if (page.next === null || page.next === undefined) return rows
      next = page.next
    }
  }

  /** Until nobody waits for time or for an outcome that can still come. */
  async untilQuiet() {
    let last = ''
    let same = 0
    await until('every message to have its outcome', async () => {
      const open = await Promise.all(['queued', 'sending', 'failed'].map((status) => this.all('/api/messages', 'messages', `&status=${status}`)))
      const facts = await (await this.#fetch('/api/audit?limit=1')).json()
      const newest = String((facts.facts ?? facts)[0]?.sequence)
      same = newest === last ? same + 1 : 0
      last = newest
      // The wait of a journey is one second, so two seconds without a new fact are the end.
      return open.every((rows) => rows.length === 0) && same >= 20
    }, 90, 100)
  }

  async #fetch(path, options = {}) {
    const answer = await fetch(this.url + path, { ...options, headers: { Authorization: `Bearer ${this.#key}`, ...options.headers } })
    if (!answer.ok) throw new Error(`${options.method ?? 'GET'} ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
}

/** Asks again until the answer is there; a check that waits for a process cannot be told when it is done. */
async function until(what, ask, seconds, every = 50) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`Expected ${what} within ${seconds} s, but it did not happen.`)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
