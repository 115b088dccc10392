"""Applications that window titles may name, and the one way to find them there.

A title is arbitrary text: what stands after its last dash can be a person's name or a password. Only a name from this
list becomes an application, in the spelling of the list; with any other title the application is not known. Names
that many people bear (Kate, Claude) are left out of it.
"""

from __future__ import annotations

import re
from typing import Any

_LONGEST_TITLE = 500
_DASH = re.compile(r"\s[-\u2013\u2014]\s")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")  # Edge writes one of them within its name

_NAMES = """
Brave, Chrome, Chromium, Edge, Epiphany, Falkon, Firefox, Firefox Developer Edition, Firefox Nightly, GNOME
Web, Google Chrome, Google Chrome Beta, Google Chrome Dev, Internet Explorer, Konqueror, LibreWolf, Microsoft
Edge, Microsoft Edge Beta, Microsoft Internet Explorer, Midori, Min, Mozilla Firefox, Mozilla Firefox Private
Browsing, Naver Whale, Opera, Opera GX, Pale Moon, QQ Browser, qutebrowser, Safari, Tor Browser, Ungoogled
Chromium, Vivaldi, Waterfox, Yandex Browser, Zen Browser,

AbiWord, Access, Apache OpenOffice, Calligra Sheets, Calligra Words, Excel, Gnumeric, Hancom Office, Keynote,
LibreOffice, LibreOffice Base, LibreOffice Calc, LibreOffice Draw, LibreOffice Impress, LibreOffice Math,
LibreOffice Writer, LyX, Microsoft Access, Microsoft Excel, Microsoft OneNote, Microsoft Outlook, Microsoft
PowerPoint, Microsoft Project, Microsoft Publisher, Microsoft Teams, Microsoft To Do, Microsoft Visio,
Microsoft Whiteboard, Microsoft Word, Numbers, OneDrive, OneNote, ONLYOFFICE, ONLYOFFICE Desktop Editors,
OpenOffice Calc, OpenOffice Impress, OpenOffice Writer, Outlook, Overleaf, Pages, Power BI Desktop,
PowerPoint, PowerPoint Slide Show, Publisher, Scribus, Scrivener, SoftMaker TextMaker, Teams, Texmaker,
TeXstudio, Typora, Visio, Word, WordPad, WPS Office, WPS Presentation, WPS Spreadsheets, WPS Writer, Zettlr,

Gmail, Google Calendar, Google Docs, Google Drive, Google Earth, Google Earth Pro, Google Keep, Google Maps,
Google Sheets, Google Slides, YouTube,

BlueMail, Claws Mail, eM Client, Evolution, Fastmail, Geary, KMail, Mail, Mailspring, Mozilla Thunderbird,
Outlook Express, Postbox, Spark, Sylpheed, Thunderbird, Windows Mail,

Cisco Webex Meetings, Discord, Element, Facebook Messenger, Google Chat, Google Meet, HexChat, KakaoTalk,
Lark, LINE, Mattermost, Messages, Messenger, Microsoft Lync, Mumble, Pidgin, QQ, Rocket.Chat, Signal, Skype,
Skype for Business, Slack, TeamSpeak, TeamSpeak 3, Telegram, Telegram Desktop, Viber, Webex, WeChat, WhatsApp,
Wire, Zoom, Zoom Meeting, Zoom Workplace, Zulip,

Anki, Asana, Basecamp, ClickUp, EndNote, Evernote, FocalBoard, FreeMind, GoodNotes, JabRef, Jira, Joplin,
Linear, Logseq, Mendeley, Mendeley Reference Manager, Miro, Monday, Notesnook, Notion, Notion Calendar,
Obsidian, Reminders, RemNote, Simplenote, Standard Notes, Stickies, Sticky Notes, Things, Todoist, Tomboy,
Trello, XMind, Zim, Zotero,

Atom, BBEdit, Bluefish, Brackets, Code, Code - OSS, Cursor, Emacs, Featherpad, Geany, gedit, GNOME Text
Editor, GNU Emacs, GVIM, Helix, KWrite, L3afpad, Leafpad, medit, Mousepad, nano, Neovim, Notepad, Notepad++,
Pluma, Sublime Text, Text Editor, TextEdit, TextMate, Ultraedit, vim, Visual Studio Code, Visual Studio Code -
Insiders, VSCodium, Windsurf, Xed, xedit, Zed,

Android Studio, Apache NetBeans IDE, AppCode, Aqua, Arduino, Arduino IDE, CLion, Code Runner, Code::Blocks,
DataGrip, DataSpell, Delphi, Dev-C++, Eclipse, Eclipse IDE, Fleet, GNOME Builder, GNU Octave, Godot, Godot
Engine, GoLand, IDLE, IntelliJ IDEA, IntelliJ IDEA Community Edition, Jupyter Notebook, JupyterLab, KDevelop,
Lazarus, Maple, Mathematica, MATLAB, Microsoft Visual Studio, MonoDevelop, Mu, NetBeans, Octave, PhpStorm,
Processing, PyCharm, PyCharm Community Edition, Qt Creator, RGui, Rider, RStudio, RubyMine, RustRover, SAS,
Scratch, SPSS, Spyder, Stata, Thonny, Unity, Unity Hub, Unreal Editor, Visual Studio, WebStorm, Wolfram
Mathematica, Xcode,

Beekeeper Studio, Beyond Compare, Bruno, Charles, DB Browser for SQLite, DBeaver, Docker Desktop, Fiddler,
Fork, Git GUI, GitHub Desktop, gitk, GitKraken, GitX, Grafana, HeidiSQL, Insomnia, Meld, MongoDB Compass,
MySQL Workbench, Navicat, Navicat Premium, Oracle SQL Developer, pgAdmin, pgAdmin 4, phpMyAdmin, Postman,
Redis Insight, Sourcetree, SQL Server Management Studio, SQLiteStudio, SQLyog, TablePlus, TortoiseGit,
TortoiseSVN, Tower, WinMerge, Wireshark,

Alacritty, Cmder, Command Prompt, ConEmu, Cygwin, foot, Git Bash, GNOME Terminal, Guake, Hyper, iTerm, iTerm2,
Kitty, Konsole, LXTerminal, MATE Terminal, MINGW64, MobaXterm, PowerShell, Ptyxis, PuTTY, qterminal, rxvt,
SecureCRT, st, Tabby, Terminal, Terminator, Termius, Tilix, urxvt, UXTerm, Warp, WezTerm, Windows PowerShell,
Windows Terminal, Xfce Terminal, Xshell, xterm, Yakuake,

7-Zip, Archive Manager, Ark, BetterZip, Box, Caja, Commander One, Cyberduck, Dolphin, Double Commander,
Dropbox, Engrampa, Everything, Explorer, File Explorer, File Manager, File Roller, Files, FileZilla, Finder,
ForkLift, FreeCommander, Krusader, Midnight Commander, Nautilus, Nemo, Nextcloud, Path Finder, PCManFM,
PCManFM-Qt, PeaZip, SpaceFM, Syncthing, The Unarchiver, Thunar, Total Commander, Windows Explorer, WinRAR,
WinSCP, WinZip, Xarchiver,

Acrobat, Acrobat Reader, Adobe Acrobat, Adobe Acrobat Pro, Adobe Acrobat Reader, Adobe Acrobat Reader DC,
Adobe Reader, Atril, Calibre, Document Viewer, E-book viewer, Evince, Foxit PDF Editor, Foxit PDF Reader,
Foxit Reader, Kindle, Master PDF Editor, Mupdf, Nitro Pro, Okular, Papers, PDF-XChange Editor, PDFsam,
Preview, qpdfview, SumatraPDF, Xournal, Xournal++, xpdf, Xreader, zathura,

ACDSee, Adobe After Effects, Adobe Audition, Adobe Bridge, Adobe Illustrator, Adobe InDesign, Adobe Lightroom,
Adobe Lightroom Classic, Adobe Photoshop, Adobe Premiere Pro, Adobe XD, Affinity Designer, Affinity Photo,
Affinity Publisher, Aseprite, Blender, Canva, Cinema 4D, Clip Studio Paint, CorelDRAW, darktable, digiKam,
draw.io, Drawing, drawio, Excalidraw, Eye of GNOME, FastStone, feh, Figma, Flameshot, GIMP, GNU Image
Manipulation Program, gThumb, Gwenview, Image Viewer, ImageMagick, Inkscape, IrfanView, KolourPaint, Krita,
Lunacy, MS Paint, MyPaint, Paint, Paint 3D, Paint Tool SAI, Paint.NET, Photos, Photoshop, Pinta, Principle,
Procreate, Ristretto, Shotwell, Sketch, SketchUp, Tux Paint, XnView, XnView MP, Zeplin,

3ds Max, Altium Designer, ArcGIS Pro, ArcMap, AutoCAD, Autodesk AutoCAD, Autodesk Fusion, Autodesk Fusion 360,
Autodesk Inventor, Autodesk Maya, Autodesk Revit, CATIA, Cura, Fiji, FreeCAD, GraphPad Prism, Houdini, ImageJ,
KiCad, KNIME, LibreCAD, LTspice, MeshLab, OpenSCAD, Orange, Origin, ParaView, PrusaSlicer, PTC Creo, QGIS,
Rhino, Rhinoceros, Siemens NX, SolidWorks, Tableau, Tableau Desktop, Tinkercad, UltiMaker Cura, Weka, ZBrush,

Ableton Live, Apple Music, Audacious, Audacity, Camtasia, CapCut, Celluloid, Cheese, DaVinci Resolve, Filmora,
Final Cut Pro, FL Studio, Foobar2000, GarageBand, Groove Music, HandBrake, Haruna, iMovie, iTunes, Kdenlive,
Kodi, LMMS, Logic Pro, Lollypop, Media Player, Movies & TV, MPC-HC, mpv, MuseScore, Music, MusicBee, OBS, OBS
Studio, OpenShot, OpenShot Video Editor, Parole, Plex, Podcasts, PotPlayer, QuickTime Player, REAPER,
Rhythmbox, Shotcut, SMPlayer, Spotify, Strawberry, TIDAL, Totem, Videos, VLC, VLC media player, Voice
Recorder, Winamp, Windows Media Player,

AnyDesk, BlueStacks, BlueStacks App Player, Citrix Workspace, Docker, GNOME Boxes, Hyper-V Manager, Oracle
VirtualBox, Oracle VM VirtualBox, Parallels Desktop, Parsec, QEMU, Remmina, Remote Desktop Connection,
RustDesk, TeamViewer, TigerVNC, UTM, Virtual Machine Manager, VirtualBox, VMware Horizon Client, VMware
Workstation, VNC Viewer,

1Password, Activity Monitor, App Store, AutoHotkey, balenaEtcher, Battle.net, Bitwarden, Calculator, Calendar,
Character Map, Chess, Clock, Clocks, Console, Contacts, Control Panel, Counter-Strike 2, CPU-Z, Dashlane,
Device Manager, Disk Management, Disk Utility, Disks, Dota 2, Epic Games Launcher, Event Viewer, Font Viewer,
FreeCell, Galculator, GNOME Calculator, Gnome Control Center, GNOME Software, GOG Galaxy, GParted, Greenshot,
Hearts, Help, Heroic Games Launcher, HWiNFO, KCalc, KeePass, KeePassXC, Keychain Access, LastPass, League of
Legends, Logi Options+, Lutris, Magnifier, Malwarebytes, Maps, Microsoft Store, Minecraft, Minecraft Launcher,
Minesweeper, NordVPN, Notes, Printers, Process Explorer, ProtonVPN, qalculate, Qalculate!, Raycast, Registry
Editor, Resource Monitor, Roblox, Roblox Studio, Rufus, Screenshot, Services, Settings, ShareX, Snip & Sketch,
Snipping Tool, Software Updater, Solitaire, Speedcrunch, Steam, Synaptic Package Manager, System Information,
System Monitor, System Preferences, System Settings, Task Manager, Task Scheduler, Tweaks, Volume Control,
Weather, Windows Security, Windows Settings, xcalc, xclock, xeyes,

ChatGPT, Epic, Epic Hyperspace, GitHub, GitLab, GnuCash, HomeBank, Microsoft Dynamics, NetSuite, Odoo, Oracle
Forms Runtime, QuickBooks, Quicken, Sage 50, Salesforce, SAP, SAP Easy Access, SAP Logon, ServiceNow, Stack
Overflow, TurboTax, Wikipedia, Workday, Xero, Zendesk
"""
_LONGEST_NAME = 40
_BY_NAME = {
    name.lower(): name for name in (part.strip() for part in _NAMES.replace("\n", " ").split(",")) if name
}


def app_in_title(title: Any) -> str | None:
    """The known application that is the last part of a title after a dash, or the whole title; else None."""
    if not isinstance(title, str):
        return None
    plain = " ".join(_UNSEEN.sub("", title[-_LONGEST_TITLE:]).split())
    # a name may hold a dash itself, as "Code - OSS" does
    tails = [plain, *(plain[dash.end() :] for dash in _DASH.finditer(plain))]
    found = (_BY_NAME.get(tail.lower()) for tail in tails if len(tail) <= _LONGEST_NAME)
    return next((name for name in found if name), None)
