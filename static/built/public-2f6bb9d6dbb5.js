(function () {
'use strict'
var exit = document.querySelector('[data-exit]')
function leave () {
document.querySelectorAll('textarea, input').forEach(function (field) {
if (field.type !== 'hidden' && field.type !== 'submit') field.value = ''
field.checked = false
})
document.querySelectorAll('form').forEach(function (form) { form.reset() })
document.title = ' '
document.body.hidden = true
location.replace(exit.href)
}
if (exit) {
exit.addEventListener('click', function (event) {
event.preventDefault()
leave()
})
var pressed = 0
var timer
document.addEventListener('keydown', function (event) {
if (event.key !== 'Escape') return
clearTimeout(timer)
pressed += 1
timer = setTimeout(function () { pressed = 0 }, 2000)
if (pressed === 3) leave()
})
window.addEventListener('pageshow', function (event) {
if (event.persisted && document.body.hidden) location.replace(exit.href)
})
}
document.querySelectorAll('[data-module="govuk-character-count"]').forEach(function (group) {
var text = group.querySelector('textarea')
var message = group.querySelector('.govuk-character-count__message')
var limit = Number(group.dataset.maxlength)
var left = group.dataset.left || 'You have % characters left'
var over = group.dataset.over || 'You have % characters too many'
if (!text || !message || !limit) return
var from = limit * Number(group.dataset.threshold || 0) / 100
var first = message.textContent
function count () {
var rest = limit - Array.from(text.value).length
message.textContent = limit - rest < from ? first : (rest < 0 ? over : left).replace('%', Math.abs(rest).toLocaleString(document.documentElement.lang + '-u-nu-latn'))
message.classList.toggle('govuk-error-message', rest < 0)
}
var waiting
text.addEventListener('input', function () {
clearTimeout(waiting)
waiting = setTimeout(count, 300)
})
count()
})
})()
