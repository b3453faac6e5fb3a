import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ReactFlowProvider } from '@xyflow/react'
import { Alert, App, Button, Input, Spin, type InputRef } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useStats } from '../api/queries'
import { Failure, useTell } from '../app/parts'
import { useSession } from '../app/session'
import { Drawer } from '../forms/Drawer'
import { moment } from '../i18n/times'
import { rootId } from '../layout/layout'
import { copySteps, paste, readSteps } from '../model/clipboard'
import { addStep, lostWith, moveStep, removeStep } from '../model/commands'
import type { StepType } from '../model/journey'
import type { Port } from '../model/links'
import { stepTitle } from '../sentence/sentence'
import { Canvas } from './Canvas'
import './canvas.css'
import { Conflict } from './Conflict'
import { Draft, DraftContext, useDraft, useDraftState } from './draft'
import { Palette } from './Palette'
import { PersonPanel } from './PersonPanel'
import { StepPeople } from './StepPeople'
import { TopBar } from './TopBar'
import { portAfter, useKeys, type Actions } from './useKeys'
import { useView, useWalk } from './view'

export default function Editor() {
  const { key } = useParams()
  const opened = useQuery({ queryKey: ['draft', key], queryFn: () => Draft.open(key!), gcTime: 0, staleTime: Infinity, refetchOnReconnect: false })
  if (opened.error) return <div className="page"><Failure wrong={opened.error} again={() => void opened.refetch()} /></div>
  if (!opened.data) return <Spin style={{ margin: 80 }} />
  return (
    <ReactFlowProvider key={key}>
      <DraftContext.Provider value={opened.data}>
        <Workbench />
      </DraftContext.Provider>
    </ReactFlowProvider>
  )
}

// What was copied, for browsers that keep pages away from the clipboard.
const clipboardKept = 'automation.clipboard'

function Workbench() {
  const { t } = useTranslation()
  const draft = useDraft()
  const { modal } = App.useApp()
  const tell = useTell()
  const queries = useQueryClient()
  const stats = useStats(draft.key)
  const surface = useRef<HTMLDivElement>(null)
  const find = useRef<InputRef>(null)
  const [adding, setAdding] = useState<Port | null>(null)
  const [search, setSearch] = useState('')
  const kept = useDraftState((state) => state.kept)
  const wrong = useDraftState((state) => (state.saving === 'refused' ? state.wrong : null))
  const here = useRef(stats.data)
  here.current = stats.data

  const add = useCallback((port: Port, type: StepType) => {
    const { journey, added } = addStep(draft.journey, port, type)
    draft.edit(journey)
    setAdding(null)
    draft.select(added)
    surface.current?.focus()
  }, [draft])

  const move = useCallback((port: Port, step: string) => {
    draft.edit(moveStep(draft.journey, step, port))
    draft.select(step)
    surface.current?.focus()
  }, [draft])

  const pasteAt = useCallback((port: Port | null) => {
    void (async () => {
      const text = await navigator.clipboard?.readText().catch(() => null)
      const steps = readSteps(text ?? '') ?? readSteps(localStorage.getItem(clipboardKept) ?? '')
      if (!steps) return
      if (!port) return tell.failed(new Error(t('canvas.cannotPaste')))
      const { journey, added } = paste(draft.journey, port, steps)
      draft.edit(journey)
      draft.select(...added)
      setAdding(null)
    })()
  }, [draft, t, tell])

  const actions = useMemo((): Actions => {
    const chosen = () => [...draft.state.selected].filter((id) => id !== rootId)
    const drop = () => {
      let { journey } = draft
      for (const id of chosen()) journey = removeStep(journey, id)
      draft.edit(journey)
      draft.select()
    }
    const copy = () => {
      if (chosen().length === 0) return
      const text = copySteps(draft.journey, new Set(chosen()))
      localStorage.setItem(clipboardKept, text)
      void navigator.clipboard?.writeText(text).catch(() => undefined)
      tell.done(t('canvas.copied'))
    }
    return {
      add: setAdding,
      copy,
      cut: () => (copy(), drop()),
      paste: () => pasteAt(portAfter(draft.journey, [...draft.state.selected].at(-1))),
      search: () => find.current?.focus(),
      remove: () => {
        const ids = chosen()
        const lost = new Set(ids.flatMap((id) => lostWith(draft.journey, id)).filter((id) => !ids.includes(id))).size
        const waiting = (here.current?.steps ?? []).filter((one) => ids.includes(one.step)).reduce((sum, one) => sum + one.count, 0)
        if (lost + waiting === 0) return drop()
        const first = draft.journey.steps.find((step) => step.id === ids[0])
        modal.confirm({
          title: t('canvas.removeAsk', { name: first ? stepTitle(first, t) : '' }), okText: t('common.remove'), okButtonProps: { danger: true }, onOk: drop,
          content: <>{lost > 0 && <p>{t('canvas.removeLost', { count: lost })}</p>}{waiting > 0 && <p>{t('canvas.removeHere', { count: waiting })}</p>}</>,
        })
      },
    }
  }, [draft, modal, pasteAt, t, tell])
  const { over } = useSession()
  useEffect(() => {
    if (!over && draft.state.saving === 'signed_out') void draft.save()
  }, [over, draft])
  const [view, setView] = useView()
  const walk = useWalk(view)
  useKeys(surface, draft, actions, view.mode === 'edit')

  useEffect(() => {
    surface.current?.focus()
    const leave = (leaving: BeforeUnloadEvent) => {
      if (!draft.isSaved) leaving.preventDefault()
    }
    window.addEventListener('beforeunload', leave)
    return () => {
      window.removeEventListener('beforeunload', leave)
      void draft.save().then(() => queries.invalidateQueries({ queryKey: ['journeys'] }))
    }
  }, [draft, queries])

  return (
    <div className={`editor mode-${view.mode}`}>
      <TopBar stats={stats.data} mode={view.mode} onMode={(mode) => setView({ mode })} />
      <div className="work">
        {view.mode === 'edit' && <Palette />}
        <div className="surface" ref={surface} tabIndex={0} role="application" aria-label={t('canvas.journey')} title="" aria-description={t('canvas.shortcuts')}>
          <div style={{ position: 'absolute', zIndex: 4, top: 12, insetInline: 12, display: 'grid', gap: 8, pointerEvents: 'none' }}>
            <Input.Search
              ref={find} allowClear size="small" placeholder={`${t('canvas.search')} ( / )`} aria-label={t('canvas.search')} value={search} style={{ width: 200, pointerEvents: 'all' }}
              onChange={(typed) => setSearch(typed.target.value)} onKeyDown={(press) => press.key === 'Escape' && (setSearch(''), surface.current?.focus())}
            />
            {kept && (
              <Alert
                type="warning" showIcon style={{ pointerEvents: 'all' }} title={t('draft.local', { time: moment(kept.at) })}
                action={<><Button size="small" type="primary" onClick={() => draft.restoreKept()}>{t('draft.restore')}</Button> <Button size="small" onClick={() => draft.discardKept()}>{t('draft.discard')}</Button></>}
              />
            )}
            {wrong ? <Failure wrong={wrong} /> : null}
          </div>
          <Canvas stats={stats.data} adding={adding} search={search} passage={walk.shown} isWalk={view.mode === 'person'} isEditing={view.mode === 'edit'} onAdding={setAdding} onAdd={add} onMove={move} onPaste={pasteAt} />
        </div>
        {view.mode === 'edit' && <Drawer />}
        {view.mode === 'figures' && <StepPeople stats={stats.data} onPerson={(contact, passage) => setView({ mode: 'person', contact, passage })} />}
        {view.mode === 'person' && <PersonPanel view={view} walk={walk} onView={setView} />}
      </div>
      <Conflict />
    </div>
  )
}
