// What every part of the page needs: draws the charts, shows values on hover, focus and touch, and saves tables.
'use strict'

/** The data that the page carries under a name: JSON, compressed with gzip, in base64. */
async function readData(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0))
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(unpacked).json()
}

{
  const tip = document.getElementById('tip')

  /** Shows text above a point of the window, or below it where there is no room. It then scrolls with the page. */
  function show(text, x, y) {
    tip.textContent = text
    tip.hidden = false
    const { width, height } = tip.getBoundingClientRect()
    const left = Math.max(4, Math.min(x - width / 2, document.documentElement.clientWidth - width - 4))
    const top = y - height - 10 < 4 ? y + 24 : y - height - 10
    tip.style.left = `${left + scrollX}px`
    tip.style.top = `${top + scrollY}px`
  }

  function hide() {
    tip.hidden = true
  }

  // Charts

  function pointAt(handler, event, item, value) {
    if (value === null || value === undefined || value === '') return hide()
    show(String(value), event.clientX, event.clientY)
  }

  /** One chart at a time, so that the page can be read and scrolled meanwhile. */
  async function drawCharts() {
    for (const [id, spec] of Object.entries(await readData('charts'))) {
      const container = document.getElementById(id)
      const view = new vega.View(vega.parse(spec), { renderer: 'svg', container, hover: false })
      await view.logLevel(vega.Warn).tooltip(pointAt).runAsync()
      await new Promise((resolve) => setTimeout(resolve))
    }
    document.documentElement.dataset.drawn = 'all'
  }
  void drawCharts()

  // Coloured text: hover and focus show a token's value; arrow keys walk a passage.

  const tokenAt = (target) => (target instanceof Element ? target.closest('[data-tip]') : null)

  function showToken(token) {
    const box = token.getBoundingClientRect()
    show(`${token.textContent}  ${token.dataset.tip}`, box.left + box.width / 2, box.top)
  }

  for (const kind of ['pointerover', 'focusin']) {
    document.addEventListener(kind, (event) => {
      const token = tokenAt(event.target)
      if (token) showToken(token)
      else if (kind === 'pointerover' && !event.target.closest('.view')) hide()
    })
  }
  document.addEventListener('focusout', hide)

  const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide()
    const token = tokenAt(event.target)
    if (!token || !(event.key in STEPS)) return
    const tokens = [...token.parentElement.querySelectorAll('[data-tip]')]
    const next = tokens[tokens.indexOf(token) + STEPS[event.key]]
    if (!next) return
    event.preventDefault()
    token.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  })

  // Tables

  const tables = readData('tables')
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-table]')
    if (!button) return
    const name = button.dataset.table
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([(await tables)[name]], { type: 'text/csv' }))
    link.download = `${name}.csv`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  })
}
