@echo off
rem Installs perfgen into this folder. No network, no administrator needed.
rem This file is plain ASCII, so that any code page can read it; Chinese words come from setup\.
setlocal
for /f "tokens=2 delims=:." %%P in ('chcp') do set "PAGE=%%P"
chcp 65001 >nul
if not exist "%~dp0setup\install.py" (
    echo Please unpack the whole zip file first, then run this file again.
    set "CODE=2"
    goto end
)
set "FOUND="
for %%V in (3.13 3.12 3.11) do call :try py -%%V
for %%N in (python python3) do call :try %%N
for %%V in (313 312 311) do (
    call :try "%LOCALAPPDATA%\Programs\Python\Python%%V\python.exe"
    call :try "%ProgramFiles%\Python%%V\python.exe"
    call :try "%SystemDrive%\Python%%V\python.exe"
)
if not defined FOUND goto missing
call %FOUND% -X utf8 "%~dp0setup\install.py"
set "CODE=%ERRORLEVEL%"
goto end

:missing
type "%~dp0setup\no-python.txt"
for %%F in ("%~dp0*.html") do start "" "%%~fF"
set "CODE=2"

:end
if not "%~1"=="/q" pause
chcp %PAGE% >nul
exit /b %CODE%

rem A Python of 3.11 to 3.13, 64 bit: what the packages in wheels\ are for. It is called, for it
rem may be a batch file itself, which would not come back.
:try
if defined FOUND exit /b 0
call %* -c "import sys, venv; sys.exit(not ((3, 11) <= sys.version_info < (3, 14) and sys.maxsize > 2**32))" >nul 2>nul
if %ERRORLEVEL% EQU 0 set FOUND=%*
exit /b 0
