import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// While the designer is being worked on, `npm run dev` passes calls on to a server that runs already.
const server = process.env.AUTOMATION_URL ?? 'http://localhost:5080'

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': server, '/v1': server, '/openapi': server, '/schema': server } },
  build: { outDir: process.env.DESIGNER_OUT ?? 'dist', emptyOutDir: true, chunkSizeWarningLimit: 1600 },
})
