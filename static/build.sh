#!/bin/sh
# Builds the style sheets and scripts of both programs into static/built, from what static/src pins.
# The result is committed: nobody needs npm to run Quiet Word.
set -eu
cd "$(dirname "$0")/src"
npm ci --ignore-scripts
# Our palette stands where theirs stood, so that every tint a component derives is ours.
cp _palette.scss node_modules/govuk-frontend/dist/govuk/settings/_colours-palette--internal.scss
node build.mjs
