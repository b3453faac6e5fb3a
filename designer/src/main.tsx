import '@xyflow/react/dist/base.css'
import './app/app.css'
import './i18n'
import { createRoot } from 'react-dom/client'
import { Root } from './app/Root'

createRoot(document.getElementById('root')!).render(<Root />)
