import { spawn, execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

const dll = process.env.AUTOMATION_SERVER_DLL
const run = promisify(execFile)

/** Runs one command of the program and reads its JSON. */
export async function automation(...args) {
  const { stdout } = await run('dotnet', [dll, ...args, '--json'], { maxBuffer: 64 << 20 })
  return JSON.parse(stdout)
}

/** Starts `serve` on a free port of this machine and resolves when it is ready to take events. Without a workspace it has none. */
export async function serve(data, workspace) {
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn('dotnet', [dll, 'serve', '--data', data, ...(workspace ? ['--workspace', workspace] : []), '--urls', url])
  let log = ''
  let ended = false
  child.stdout.on('data', (text) => (log += text))
  child.stderr.on('data', (text) => (log += text))
  const exit = new Promise((resolve) => child.once('exit', (code) => { ended = true; resolve(code) }))

  await until('the server to be ready', async () => {
    if (ended) throw new Error(`The server ended before it was ready.\n${log}`)
    return (await fetch(`${url}/readyz`).catch(() => null))?.ok
  })

  return {
    url,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM')
      return exit
    },
  }
}

/** Asks again until the answer is there; a check that waits for a process cannot be told when it is done. */
export async function until(what, ask, seconds = 20) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`Expected ${what} within ${seconds} s, but it did not happen.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
