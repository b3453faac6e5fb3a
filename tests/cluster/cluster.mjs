import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chance } from '../crash/load.mjs'
import { Load } from './load.mjs'
import { Sql } from './postgres.mjs'
import { Receiver } from './receiver.mjs'
import { Node, PrivateServer, until } from './servers.mjs'

export { pause } from './servers.mjs'

const run = promisify(execFile)
const workspace = fileURLToPath(new URL('workspace', import.meta.url))

export const partitions = 8

/**
 * The topology of docker-compose.yml on private servers: PostgreSQL, RabbitMQ, Redis, an api, two workers, a dispatcher. Faults
 * kill and stop its parts by their names here, and leave two workers, one dispatcher and one api behind.
 */
export class Cluster {
  postgres
  rabbit
  redis
  workers = []
  dispatcher
  api
  load
  receiver = new Receiver()
  environment
  sql
  /** Draws the moments of faults. */
  random
  #folder
  #begun = Date.now()
  #starts = 0
  /** An admin's. */
  key

  static async start(folder, seed) {
    const cluster = new Cluster()
    cluster.#folder = folder
    cluster.random = chance(seed + 7)
    await cluster.#start(seed)
    return cluster
  }

  async #start(seed) {
    const servers = await Promise.all(['postgres', 'rabbitmq', 'redis'].map((name) => PrivateServer.start(name, this.#folder)))
    ;[this.postgres, this.rabbit, this.redis] = servers
    const broker = `amqp://guest:guest@127.0.0.1:${this.rabbit.port}/`
    this.environment = {
      AUTOMATION_POSTGRES: `Host=127.0.0.1;Port=${this.postgres.port};Username=automation;Database=automation`,
      AUTOMATION_RABBITMQ: broker,
      AUTOMATION_REDIS: `127.0.0.1:${this.redis.port}`,
      AUTOMATION_PARTITIONS: String(partitions),
      AUTOMATION_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      AUTOMATION_LOG_LEVEL: 'information',
      // Small enough that the fault of a full queue need not send for minutes.
      AUTOMATION_BACKLOG_MAX: '1500',
    }
    this.sql = new Sql(this.postgres.port)
    await this.receiver.start()
    await Promise.all([this.addWorker(), this.addWorker(), this.startDispatcher()])
    await this.startApi()
    const [admin, write] = ['admin', 'write'].map((role) => this.api.log.match(new RegExp(`${role} key: (\\S+)`))[1])
    this.key = admin
    // Vendors that would send a second time: one can be asked what became of a message, the other cannot.
    await this.put('/api/accounts/once', { connector: 'sandbox', configuration: { latency_ms: 10, idempotency: 'none' } })
    await this.put('/api/accounts/receiver', { connector: 'webhook', configuration: { url: this.receiver.url, allow_private_networks: true } })
    await this.api.stop()
    await this.startApi({ AUTOMATION_WORKSPACE: workspace })
    this.load = new Load(seed, { key: write, amqp: broker, target: () => this.api.url })
    await this.untilShared()
  }

  async addWorker(more = {}, prefix = []) {
    const worker = await this.#node('worker', `worker-${this.#starts + 1}`, more, prefix)
    this.workers.push(worker)
    return worker
  }

  /** The sandbox's mailbox is the vendor's memory, so each dispatcher has the one before it. */
  async startDispatcher() { return (this.dispatcher = await this.#node('dispatcher', 'dispatcher')) }

  async startApi(more = {}) { return (this.api = await this.#node('api', 'api', more)) }

  get mailbox() { return join(this.#folder, 'dispatcher', 'sandbox.ndjson') }

  get folder() { return this.#folder }

  /** Until the workers there are have the partitions among them. */
  async untilShared(seconds = 40) {
    await until('every worker to have its share', () => this.workers.every((worker) => owned(worker) === partitions / this.workers.length), seconds)
  }

  /** One more, that nobody sends events to. */
  addApi() { return this.#node('api', `api-${this.#starts + 1}`) }

  put(path, body) { return this.#say('PUT', path, body) }

  post(path, body) { return this.#say('POST', path, body) }

  delete(path) { return this.#ask(path, { method: 'DELETE' }) }

  #say(method, path, body) { return this.#ask(path, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) }

  get(path) { return this.#ask(path) }

  async #ask(path, options = {}) {
    const answer = await fetch(this.api.url + path, { ...options, headers: { Authorization: `Bearer ${this.key}`, ...options.headers } })
    if (!answer.ok) throw new Error(`${options.method ?? 'GET'} ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }

  /** The command line, as an operator uses it; findings are an answer too. */
  async automation(...args) {
    const { stdout } = await run('dotnet', [process.env.AUTOMATION_SERVER_DLL, ...args], { env: { ...process.env, ...this.environment }, maxBuffer: 64 << 20 })
      .catch((error) => { if (error.code === 1 && error.stdout) return error; throw new Error(`automation ${args.join(' ')}: ${error.stderr || error.message}`) })
    return stdout
  }

  /** Orders, and when a worker decided on each, by its own clock. */
  async decisions() {
    const rows = await this.sql.rows("SELECT details::json->>'key', at FROM fact WHERE kind = 'enrolled' AND journey = 'order-hook'")
    return rows.map(([order, at]) => [order, Number(at)])
  }

  /** Until everything that was accepted is decided and sent, and nothing waits for time any more. */
  async untilQuiet(accepted, seconds = 60) {
    let last = ''
    let same = 0
    await until('everything to be decided and sent', async () => {
      const [[events, open, active, facts]] = await this.sql.rows(`SELECT (SELECT count(*) FROM event_key), (SELECT count(*) FROM message_state WHERE status IN (0, 1)),
        (SELECT count(*) FROM enrollment WHERE status <> 4), (SELECT sum(next_sequence) FROM partition_head)`)
      same = facts === last ? same + 1 : 0
      last = facts
      return Number(events) >= accepted && open === '0' && active === '0' && same >= 3
    }, seconds, 300).catch(async (error) => {
      const open = await this.sql.rows('SELECT step, status, attempt, dispatcher, count(*) FROM message JOIN message_state USING (id) WHERE status IN (0, 1) GROUP BY 1, 2, 3, 4')
      const active = await this.sql.rows('SELECT journey, step, status, count(*) FROM enrollment GROUP BY 1, 2, 3')
      const events = await this.sql.number('SELECT count(*) FROM event_key')
      throw new Error(`${error.message}\n${events} of ${accepted} events; open messages ${JSON.stringify(open)}; enrollments ${JSON.stringify(active)}`)
    })
  }

  say(text) { console.log(`${((Date.now() - this.#begun) / 1000).toFixed(0).padStart(4)} s  ${text}`) }

  get nodes() { return [...this.workers, this.dispatcher, this.api].filter(Boolean) }

  async end() {
    for (const node of this.nodes) if (!node.hasEnded) await node.kill()
    this.receiver.stop()
    for (const server of [this.rabbit, this.redis, this.postgres]) await server?.end()
  }

  async #node(role, name, more = {}, prefix = []) {
    const environment = { ...this.environment, AUTOMATION_ROLE: role, AUTOMATION_NODE: `${name}.${++this.#starts}`, AUTOMATION_DATA: join(this.#folder, name), ...more }
    const node = await Node.start(name, environment, prefix)
    node.id = environment.AUTOMATION_NODE
    return node
  }
}

/** How many partitions a worker decides now, by what its log says. */
export function owned(worker) {
  const held = new Set()
  for (const [, partition, what] of worker.log.matchAll(/Partition (\d+) (is decided here|is given back|has another owner)/g)) {
    if (what === 'is decided here') held.add(partition)
    else held.delete(partition)
  }
  return held.size
}
