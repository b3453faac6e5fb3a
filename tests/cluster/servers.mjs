import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const dll = process.env.AUTOMATION_SERVER_DLL

/** A server of Debian's packages, private to this check; it ends with its script's standard input. */
export class PrivateServer {
  #script
  #lines
  port

  static async start(name, folder) {
    const server = new PrivateServer()
    server.port = await freePorts()
    const script = fileURLToPath(new URL(`../servers/${name}.sh`, import.meta.url))
    server.#script = spawn('bash', [script, join(folder, name), String(server.port)], { stdio: ['pipe', 'pipe', 'inherit'] })
    server.#lines = createInterface({ input: server.#script.stdout })[Symbol.asyncIterator]()
    await server.#hears('ready', name)
    return server
  }

  /** As a power cut would. */
  async stop() { this.#script.stdin.write('stop\n'); await this.#hears('stopped') }

  async startAgain() { this.#script.stdin.write('start\n'); await this.#hears('ready') }

  /** It stands still and keeps its connections; only PostgreSQL's script knows how. */
  async freeze() { this.#script.stdin.write('freeze\n'); await this.#hears('frozen') }

  async thaw() { this.#script.stdin.write('thaw\n'); await this.#hears('thawed') }

  async end() {
    const ended = new Promise((resolve) => this.#script.once('exit', resolve))
    this.#script.stdin.end()
    await ended
  }

  async #hears(word, name = '') {
    const { value } = await this.#lines.next()
    if (value !== word) throw new Error(`Expected ${name} to be ${word}, but it says '${value}'.`)
  }
}

/** One process of the cluster, told by its environment what it is, as a container would be. */
export class Node {
  #child
  #exit
  log = ''
  url
  name
  hasEnded = false

  /** @param before a command that the program is started by, such as one that shifts its clock. */
  static async start(name, environment, before = []) {
    const node = new Node()
    node.name = name
    node.url = `http://127.0.0.1:${await freePorts()}`
    const [command, ...args] = [...before, 'dotnet', dll, 'serve']
    node.#child = spawn(command, args, { env: { ...process.env, ...environment, AUTOMATION_URLS: node.url } })
    node.#child.stdout.on('data', (text) => (node.log += text))
    node.#child.stderr.on('data', (text) => (node.log += text))
    node.#exit = new Promise((resolve) => node.#child.once('exit', (code) => { node.hasEnded = true; resolve(code) }))
    await until(`${name} to be ready`, async () => {
      if (node.hasEnded) throw new Error(`${name} ended before it was ready.\n${node.log}`)
      return (await fetch(`${node.url}/readyz`).catch(() => null))?.ok
    }, 90, 100)
    return node
  }

  async kill() {
    this.#child.kill('SIGKILL')
    await this.#exit
  }

  /** It stands still in the middle of whatever it does, as a machine that swaps or a guest that is moved. */
  freeze() { this.#child.kill('SIGSTOP') }

  thaw() { this.#child.kill('SIGCONT') }

  async stop() {
    this.#child.kill('SIGTERM')
    const code = await this.#exit
    if (code !== 0) throw new Error(`Expected ${this.name} to stop with code 0, but it was ${code}.\n${this.log}`)
  }
}

export async function withFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'automation-cluster-'))
  await chmod(folder, 0o755)
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Asks again until the answer is there; a check that waits for processes cannot be told when they are done. */
export async function until(what, ask, seconds, every = 100) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`Expected ${what} within ${seconds} s, but it did not happen.`)
    await pause(every)
  }
}

// Below the ports that the system gives to outgoing connections.
let next = 12_000 + (process.pid % 2000) * 10

// A server may want a few in a row.
async function freePorts() {
  for (;;) {
    const first = (next += 5)
    const free = await Promise.all([0, 1, 2, 3, 4].map((n) => new Promise((resolve) => {
      const probe = createServer().once('error', () => resolve(false)).listen(first + n, '127.0.0.1', () => probe.close(() => resolve(true)))
    })))
    if (free.every(Boolean)) return first
  }
}

export function pause(milliseconds) { return new Promise((resolve) => setTimeout(resolve, milliseconds)) }
