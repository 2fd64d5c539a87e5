#!/bin/sh
# Installs perfgen into this folder. No network, no root needed.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 2

# A Python of 3.11 to 3.13: what the packages in wheels/ are for. pip comes with them.
for python in python3.13 python3.12 python3.11 python3 python; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        if "$python" -c 'import venv, ctypes' 2>/dev/null; then
            exec "$python" -X utf8 "$here/setup/install.py"
        fi
        incomplete=$python
    fi
done

if [ -n "${incomplete-}" ]; then
    package=$("$incomplete" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "perfgen：$incomplete 不完整，请运行：sudo apt-get install -y $package" >&2
else
    cat >&2 <<'WORDS'
perfgen：没有找到 Python 3.11、3.12 或 3.13。请系统管理员安装其中一个，例如
    Debian 12、Ubuntu 24.04、统信 UOS、麒麟：sudo apt-get install -y python3 python3-venv
    openEuler、龙蜥：sudo dnf install -y python3.11
    macOS：从 https://www.python.org/downloads/macos/ 下载安装
系统源里的版本不够新的，见安装说明.html。
WORDS
fi
exit 2
