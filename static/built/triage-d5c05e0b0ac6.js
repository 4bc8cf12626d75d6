(function () {
'use strict'
var body = document.body
function typing (element) {
return element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName))
}
if (body.dataset.shortcuts === 'on') {
document.addEventListener('keydown', function (event) {
if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
if (event.key === 'j' || event.key === 'k') {
var rows = Array.from(document.querySelectorAll('[data-row-link]')).filter(function (one) {
return !one.checkVisibility || one.checkVisibility()
})
if (!rows.length) return
var at = rows.indexOf(document.activeElement)
var next = at < 0 ? 0 : at + (event.key === 'j' ? 1 : -1)
rows[Math.max(0, Math.min(rows.length - 1, next))].focus()
return
}
var target = Array.from(document.querySelectorAll('[data-shortcut]')).find(function (one) {
return one.dataset.shortcut === event.key
})
if (!target) return
event.preventDefault()
if (typing(target)) target.focus()
else target.click()
})
}
var last = null
function light (event) {
var near = event.target.closest && event.target.closest('[data-lights]')
if (near === last) return
last = near
var keys = near ? near.dataset.lights.split(' ') : []
document.querySelectorAll('[data-lights]').forEach(function (one) {
var shares = one.dataset.lights.split(' ').some(function (key) { return key && keys.indexOf(key) >= 0 })
one.classList.toggle('qw-lit', shares)
})
}
if (document.querySelector('[data-lights]')) {
document.addEventListener('mouseover', light)
document.addEventListener('focusin', light)
}
var wrong = document.querySelector('.govuk-error-summary')
if (wrong) window.addEventListener('load', function () { wrong.focus() })
function unfold (target) {
for (var one = target; one; one = one.parentElement) if (one.tagName === 'DETAILS') one.open = true
}
document.addEventListener('click', function (event) {
var link = event.target.closest && event.target.closest('a[href^="#said-"], a[href^="#why-"]')
var target = link && document.getElementById(link.hash.slice(1))
if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return
event.preventDefault()
unfold(target)
target.scrollIntoView({ block: 'nearest' })
var stop = target.querySelector('a')
if (stop) stop.focus({ preventScroll: true })
})
var warning = document.querySelector('[data-idle-warning]')
var seconds = Number(body.dataset.idleSeconds)
if (warning && seconds > 180) {
setTimeout(function () { warning.hidden = false }, (seconds - 120) * 1000)
}
document.addEventListener('submit', function (event) {
if (event.target.dataset.sent) event.preventDefault()
event.target.dataset.sent = 'yes'
})
window.addEventListener('pageshow', function () {
document.querySelectorAll('form').forEach(function (form) { delete form.dataset.sent })
})
})()
