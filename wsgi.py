from voiceapp.app import create_app
