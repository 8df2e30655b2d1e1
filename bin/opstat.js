#!/usr/bin/env node
'use strict'

const { createLoader } = require('./start.js')

createLoader(`${__dirname}/../dist`, { learns: true }).load('./main.js').start()
