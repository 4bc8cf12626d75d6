// Compiles the two sheets, mirrors the public one, and names every built file after its content.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import rtlcss from 'rtlcss'
import { compile } from 'sass'

const built = '../built'
mkdirSync(built, { recursive: true })
const manifest = {}

// Variants that come with a component and that no public page uses: the form is fetched over Tor and slow phones.
const unused = {
  public: /govuk-summary-card|--inverse|radios--(small|inline)|__(prefix|suffix|wrapper)|link--(muted|text-colour)|caption-|notification-banner--|notification-banner__link|govuk-button__start|fieldset__legend--xl|label--xl|from-desktop|width-(2|3|4|5|10|30)|\[href\^|file-upload/,
  triage: /--inverse|gov-uk-logo/
}

function without (css, pattern) {
  return css
    .replaceAll(/([^{}@]+)\{([^{}]*)\}/g, (rule, selectors, body) => {
      const kept = selectors.split(',').filter(selector => !pattern.test(selector))
      return kept.length ? `${kept.join(',')}{${body}}` : ''
    })
    .replaceAll(/@(media|supports)[^{}]+\{\}/g, '')
}

function keep (name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const [stem, ending] = name.split('.')
  manifest[name] = `${stem}-${hash}.${ending}`
  writeFileSync(`${built}/${manifest[name]}`, content)
}

function without_comments (source) {
  // Comments and indentation are for readers of the source.
  const lines = source.split('\n').map(line => line.trim()).filter(line => line && !line.startsWith('//'))
  return Buffer.from(lines.join('\n') + '\n')
}

for (const program of ['public', 'triage']) {
  const { css } = compile(`${program}.scss`, { style: 'compressed', loadPaths: ['.', 'node_modules'], quietDeps: true })
  const lean = css.replace('\uFEFF', '')
    .replaceAll('-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale', '')
    .replaceAll(/@media print\{[^{}]+\{font-family:inherit\}\}/g, '')
    // One palette, so a custom property that no component sets only repeats its own fallback.
    .replaceAll(/var\((--govuk-[a-z-]+), ?([^()]+)\)/g, (whole, name, value) => css.includes(`${name}:`) ? whole : value)
    // Decorative icons we do not serve.
    .replaceAll(/background(-image)?:url\(\/assets[^;}]*/g, '')
    .replaceAll(/;{2,}/g, ';').replaceAll('{;', '{')
  const sheet = without(lean, unused[program]) + '\n'
  keep(`${program}.css`, Buffer.from(sheet))
  // The same for languages that run from right to left. What is ours mirrors by itself; their sheet names left and right.
  if (program === 'public') keep(`${program}-rtl.css`, Buffer.from(rtlcss.process(sheet)))
  keep(`${program}.js`, without_comments(readFileSync(`${program}.js`, 'utf8')))
}
// On the pages alone where officers show who they are.
keep('passkeys.js', without_comments(readFileSync('passkeys.js', 'utf8')))
for (const name of readdirSync('images').sort()) keep(name, readFileSync(`images/${name}`))
writeFileSync(`${built}/manifest.json`, JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + '\n')
// What is old goes last, so that a program that runs meanwhile finds every file it names.
const kept = new Set(['manifest.json', ...Object.values(manifest)])
for (const name of readdirSync(built)) if (!kept.has(name)) rmSync(`${built}/${name}`, { recursive: true })
