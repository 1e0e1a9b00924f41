// Coloured text: other units for the same tokens, several of them one below the other, one passage or all, and the way
// to where a unit is highest.
'use strict'

{
  const MOST_UNITS = 5
  /** Tokens between two places that are gone to, in text of characters and of words. */
  const APART = { characters: 25, words: 1 }

  const fixed = (value, digits) => value.toFixed(digits).replace('-', Number(value.toFixed(digits)) === 0 ? '' : '−')

  function setUp(figure, { units, surprisals }) {
    const passages = [...figure.querySelectorAll('.passage')].map((element, number) => (
      { element, number, tokens: [...element.querySelectorAll('[data-tip]')] }
    ))
    const shades = figure.querySelector('.shades')
    const model = shades.firstElementChild.cloneNode(true)
    const add = figure.querySelector('[data-act=add]')
    let chosen = [0]
    let visited = []

    function paint() {
      for (const { number, tokens } of passages) {
        const heard = surprisals[units[chosen[0]].reader][number]
        tokens.forEach((token, at) => {
          const values = chosen.map((unit) => {
            const value = fixed(units[unit].values[number][at], 3)
            return chosen.length > 1 ? `${units[unit].name} ${value}` : value
          })
          const surprisal = heard[at] === null ? [] : [`surprisal ${fixed(heard[at], 2)} nats`]
          const [first, ...others] = chosen.map((unit) => units[unit].steps[number].charCodeAt(at) - 97)
          token.dataset.tip = [...values, ...surprisal].join(' · ')
          token.className = `c${first}`
          token.style.background = others.length > 0 ? stripes(first, others) : ''
        })
      }
      figure.style.setProperty('--stripes', chosen.length - 1)
      visited = []
    }

    /** The first unit behind the letters, a stripe below them for each of the others. */
    function stripes(first, others) {
      const below = others.map((step, row) => {
        const [from, to] = [others.length - row - 1, others.length - row]
        return `var(--c${step}) calc(${from} * var(--stripe)) calc(${to} * var(--stripe))`
      })
      return `linear-gradient(to top, ${below.reverse().join(', ')}, var(--c${first}) calc(${others.length} * var(--stripe)))`
    }

    function chooseUnits(next) {
      chosen = next
      shades.replaceChildren(...chosen.map((unit, row) => {
        const shade = model.cloneNode(true)
        const choice = shade.querySelector('[data-choose=unit]')
        if (choice) choice.value = String(unit)
        const [low, middle, high] = units[unit].ends
        shade.querySelector('.low').textContent = low
        shade.querySelector('.high').textContent = high
        shade.querySelector('.scale').setAttribute('aria-label', `Colour scale from ${low} through ${middle} to ${high}`)
        shade.dataset.row = String(row)
        if (row > 0) shade.append(button('Remove', 'remove'))
        return shade
      }))
      if (add) add.hidden = chosen.length >= Math.min(MOST_UNITS, units.length)
      paint()
    }

    function button(text, act) {
      const element = document.createElement('button')
      Object.assign(element, { type: 'button', className: 'save', textContent: text })
      element.dataset.act = act
      return element
    }

    /** Goes to the highest value of the first unit; asked again, to the next highest that stands elsewhere. */
    function jump() {
      const { values } = units[chosen[0]]
      const isFree = (number, at, apart) => visited.every((one) => one.number !== number || Math.abs(one.at - at) >= apart)
      let best = null
      for (const { element, number, tokens } of passages) {
        if (element.hidden) continue
        const apart = element.querySelector('.characters') ? APART.characters : APART.words
        tokens.forEach((_, at) => {
          if ((best === null || values[number][at] > best.value) && isFree(number, at, apart)) best = { number, at, value: values[number][at] }
        })
      }
      if (best === null) {
        if (visited.length === 0) return
        visited = []
        return jump()
      }
      visited.push(best)
      const { tokens } = passages[best.number]
      for (const token of tokens) token.tabIndex = -1
      tokens[best.at].tabIndex = 0
      tokens[best.at].scrollIntoView({ block: 'center' })
      tokens[best.at].focus({ preventScroll: true })
    }

    figure.addEventListener('change', ({ target }) => {
      if (target.dataset.choose === 'unit') {
        const row = Number(target.closest('.shade').dataset.row)
        chooseUnits(chosen.map((unit, at) => (at === row ? Number(target.value) : unit)))
        shades.children[row].querySelector('select').focus()
      } else if (target.dataset.choose === 'passage') {
        for (const { element, number } of passages) element.hidden = target.value !== '' && Number(target.value) !== number
        visited = []
      }
    })
    figure.addEventListener('click', ({ target }) => {
      const { act } = target.dataset
      if (act === 'jump') jump()
      if (act === 'add') {
        chooseUnits([...chosen, units.findIndex((_, unit) => !chosen.includes(unit))])
        shades.lastElementChild.querySelector('select').focus()
      }
      if (act === 'remove') {
        const row = Number(target.closest('.shade').dataset.row)
        chooseUnits(chosen.filter((_, at) => at !== row))
        add.focus()
      }
    })
    chooseUnits(chosen)
  }

  void readData('texts').then((texts) => {
    document.documentElement.dataset.scripted = 'yes'
    document.querySelectorAll('figure.text').forEach((figure, number) => setUp(figure, texts[number]))
  })
}
