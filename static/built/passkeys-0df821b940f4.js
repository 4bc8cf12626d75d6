(function () {
'use strict'
var parts = document.querySelectorAll('[data-passkey-origin]')
if (!parts.length || !window.PublicKeyCredential || !navigator.credentials) return
var text = new TextEncoder()
var SEED = text.encode('quietword passkey seed v1')
var UNLOCK = 'quietword passkey unlock v1\0'
function fromBase64 (words) {
var raw = atob(words.replace(/-/g, '+').replace(/_/g, '/'))
return Uint8Array.from(raw, function (letter) { return letter.charCodeAt(0) })
}
function toBase64 (buffer) {
var letters = Array.from(new Uint8Array(buffer), function (one) { return String.fromCharCode(one) }).join('')
return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}
function described (ids) {
return ids.map(function (id) { return { type: 'public-key', id: fromBase64(id) } })
}
async function unlockFrom (credential, site) {
var prf = credential.getClientExtensionResults().prf
var secret = prf && prf.results && prf.results.first
if (!secret) return ''
var bytes = new Uint8Array(secret.buffer || secret)
var key = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits'])
bytes.fill(0)
var info = text.encode(UNLOCK + site)
var made = { name: 'HKDF', hash: 'SHA-256', salt: credential.rawId, info: info }
return toBase64(await crypto.subtle.deriveBits(made, key, 256))
}
function get (asked, allow) {
return navigator.credentials.get({
publicKey: {
challenge: fromBase64(asked.challenge),
rpId: asked.rpId,
allowCredentials: described(allow),
userVerification: 'required',
extensions: { prf: { eval: { first: SEED } } }
}
})
}
function create (asked) {
return navigator.credentials.create({
publicKey: {
challenge: fromBase64(asked.challenge),
rp: { id: asked.rpId, name: asked.site },
user: { id: fromBase64(asked.user), name: asked.name, displayName: asked.display },
pubKeyCredParams: asked.algorithms.map(function (one) { return { type: 'public-key', alg: one } }),
excludeCredentials: described(asked.exclude),
authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
attestation: 'none',
extensions: { prf: { eval: { first: SEED } } }
}
})
}
function answer (credential, response, unlock) {
var made = { id: credential.id, rawId: toBase64(credential.rawId), type: credential.type, response: response }
if (unlock) made.unlock = unlock
return JSON.stringify(made)
}
async function used (asked, unlocks) {
var credential = await get(asked, asked.allow)
var said = credential.response
var response = {
clientDataJSON: toBase64(said.clientDataJSON),
authenticatorData: toBase64(said.authenticatorData),
signature: toBase64(said.signature)
}
if (said.userHandle) response.userHandle = toBase64(said.userHandle)
return answer(credential, response, unlocks ? await unlockFrom(credential, asked.rpId) : '')
}
async function made (asked) {
var credential = await create(asked)
var unlock = await unlockFrom(credential, asked.rpId)
var can = credential.getClientExtensionResults().prf
if (!unlock && can && can.enabled) {
unlock = await unlockFrom(await get(asked, [toBase64(credential.rawId)]), asked.rpId)
}
var response = {
clientDataJSON: toBase64(credential.response.clientDataJSON),
attestationObject: toBase64(credential.response.attestationObject)
}
return answer(credential, response, unlock)
}
async function press (button, said) {
var form = document.getElementById(button.dataset.passkeyForm)
var field = form.elements[button.dataset.passkeyField]
button.disabled = true
said.textContent = said.dataset.passkeyWaits
try {
var reply = await fetch(button.dataset.passkeyAsks, { credentials: 'same-origin', cache: 'no-store' })
if (!reply.ok) throw new Error('no challenge')
var asked = await reply.json()
var unlocks = button.dataset.passkeyUnlocks === 'yes'
field.value = await (button.dataset.passkey === 'create' ? made(asked) : used(asked, unlocks))
said.textContent = ''
form.requestSubmit()
} catch (error) {
said.textContent = said.dataset.passkeyRefused
}
button.disabled = false
}
parts.forEach(function (part) {
if (part.dataset.passkeyOrigin !== location.origin) {
var hint = part.nextElementSibling
document.querySelectorAll('[data-passkey-elsewhere]').forEach(function (one) { one.hidden = one !== hint })
return
}
var button = part.querySelector('[data-passkey]')
var said = part.querySelector('[data-passkey-said]')
button.addEventListener('click', function () { press(button, said) })
part.hidden = false
})
var without = document.querySelector('[data-passkey-without]')
if (without) without.hidden = true
})()
