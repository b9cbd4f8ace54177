"""The texts of the steps of a new workshop."""

from __future__ import annotations

WELCOME = """\
# Welcome

**Goal:** know what this workshop is about, and find your way around.

In the next twenty minutes you write a file, have it checked, and keep a copy of it. All that you need is
a terminal.

## Look around

Your files belong in `/workshop/lab`. Make the folder, and go there:

```bash
mkdir -p /workshop/lab
cd /workshop/lab
pwd
```

```text
/workshop/lab
```

Go on to the next step when you see that line.
"""

HELLO = """\
# Say hello

**Goal:** write a line of text into a file.

`echo` prints its arguments. With `>` behind it, what it prints goes into a file. Try both:

```bash
cd /workshop/lab
echo 'Hello'
echo 'Hello' > draft.txt
cat draft.txt
```

## Your turn

Write a file `/workshop/lab/hello.txt` that greets the world: one line, with the words `Hello, world`
in it.

## Check

```bash
cat /workshop/lab/hello.txt
```

Choose **Validate** when the line is there.
"""

SOLVE_HELLO = """\
mkdir -p /workshop/lab
echo 'Hello, world' > /workshop/lab/hello.txt
"""

GOSS_HELLO = """\
file:
  /workshop/lab/hello.txt:
    exists: true
    filetype: file
    contents:
      - /^Hello, world/
"""

WRAP_UP = """\
# Wrap up

**Goal:** take what you made with you.

Copy your folder to `/workshop/keep`:

```bash
cp -r /workshop/lab /workshop/keep
ls /workshop/keep
```

You can write files now, and say of each whether it is right. Choose **Validate** for the last time.
"""

GOSS_WRAP_UP = """\
file:
  /workshop/keep/hello.txt:
    exists: true
command:
  the copy is the same:
    exec: cmp /workshop/lab/hello.txt /workshop/keep/hello.txt
    exit-status: 0
"""
