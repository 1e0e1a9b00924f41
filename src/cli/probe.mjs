#!/usr/bin/env node
// The command `probe`. It stands here, committed as executable, because what tsc writes to dist/ is not.

import '../../dist/src/cli/main.js'
